/**
 * The parts of the page that are words: what the checks said, the paper's claims, the configuration.
 *
 * @module
 */
import { nothingToDraw } from './figure.ts';
import { html, type Html } from '../../html/markup.ts';
import { printJson } from '../../src/text/json.ts';
import type { ReportInput, Verdict } from './input.ts';
import { describeRandomSeeds, randomSeedsOf } from './runs.ts';

/** The two checks on the subset file. */
export function exactness({ applyIsExact, revertIsExact }: ReportInput): Html {
  return html`<ul class="checks">
    <li>${exact(applyIsExact)} The seed with the subset applied equals the tuned model, bit for bit.</li>
    <li>${exact(revertIsExact)} Reverting the subset gives back the seed, bit for bit.</li>
  </ul>`;
}

/** What the paper claims and what this run shows. */
export function claimList(input: Pick<ReportInput, 'claims' | 'rows'>): Html {
  const { claims } = input;
  if (claims.length === 0) return nothingToDraw('No claim of the paper was looked at in this run.');
  return html`<p>On these rows and ${describeRandomSeeds(randomSeedsOf(input))}.</p>
    <ul class="claims">
      ${claims.map(
        ({ anchor, claim, verdict, evidence }) =>
          html`<li>
            ${badgeOf(verdict)}
            <div>
              <p><span class="anchor">${anchor}</span> ${claim}</p>
              <p class="faint">${evidence}</p>
            </div>
          </li>`,
      )}
    </ul>`;
}

function badge(kind: string, sign: string, words: string): Html {
  return html`<span class="verdict ${kind}"><span aria-hidden="true">${sign}</span> ${words}</span>`;
}

function badgeOf(verdict: Verdict): Html {
  if (verdict === 'holds') return badge('good', '✓', verdict);
  return verdict === 'does not hold' ? badge('bad', '✗', verdict) : badge('open', '?', verdict);
}

function exact(isExact: boolean): Html {
  return isExact ? badge('good', '✓', 'exact') : badge('bad', '✗', 'not exact');
}

/** The run's configuration, as it was. */
export function configBlock(config: ReportInput['config']): Html {
  return html`<details open>
    <summary>config.json</summary>
    <pre>${printJson(config, 'config', 2)}</pre>
  </details>`;
}
