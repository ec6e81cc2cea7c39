/**
 * Where to begin: what the failures of a run come from, in their order of dependence.
 *
 * @module
 */
import type { ConformanceRun } from '../conform/record.ts';
import { sayCauses, sayDiagnosis } from '../diagnosis/words.ts';
import type { Failed } from '../diagnosis/dependence.ts';
import { html } from '../../html/markup.ts';
import type { Html } from '../../html/markup.ts';

/** Failures that are listed at once; more are folded away. */
const SHOWN = 8;

/** Where a failure stands on the page. */
export function failureId(run: number, check: string): string {
  return `run-${run + 1}-${check.replace('/', '-')}`;
}

/** Nothing if a run has no failure, or was recorded without a diagnosis. */
export function diagnosedSection({ end: { diagnosis } }: ConformanceRun, index: number): Html | string {
  if (diagnosis === undefined) return '';
  const { failures } = diagnosis;
  const more = failures.slice(SHOWN);
  return html`<section class="diagnosis">
    <h3>Where to begin</h3>
    <ul class="findings">
      ${sayDiagnosis(diagnosis).map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    ${list(failures.slice(0, SHOWN), index)}
    ${
      more.length === 0
        ? ''
        : html`<details>
            <summary>${more.length} more</summary>
            ${list(more, index)}
          </details>`
    }
  </section>`;
}

function list(failures: readonly Failed[], index: number): Html {
  return html`<ul class="checks">
    ${failures.map((failed) => {
      const causes = sayCauses(failed);
      return html`<li>
        <a href="#${failureId(index, failed.id)}"><code>${failed.id}</code></a>
        ${causes === undefined ? '' : html`<span class="faint">follows ${causes}</span>`}
      </li>`;
    })}
  </ul>`;
}
