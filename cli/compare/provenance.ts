/**
 * What a run was made of, and what it warned of, on a page.
 *
 * @module
 */
import { SPLITS } from '../../src/data/task.ts';
import type { Identity } from '../../src/train/identity.ts';
import { html, type Html } from '../../html/markup.ts';
import { table } from '../../html/table.ts';
import { formatCount } from '../table.ts';
import type { RunFacts } from './comparison.ts';
import type { FinishedRun } from './finished.ts';

/** The identity of seed, tokenizer, data and code; also what the run was made of before it went on with others. */
export function identityFacts({ result: { identity, earlier } }: FinishedRun): Html {
  return html`${identityTable('Seed, tokenizer, data and code', identity)}
  ${earlier.map(({ untilStep, identity: before }) => identityTable(`Until step ${untilStep}`, before))}`;
}

function identityTable(caption: string, { seed, tokenizer, data, code }: Identity): Html {
  const unknown = 'not recorded';
  const splits = SPLITS.map((split) => [
    `${split} rows`,
    data === null ? unknown : `${formatCount(data[split].rows)}, SHA-256 ${data[split].sha256}`,
  ]);
  return table(
    caption,
    [{ heading: caption }, { heading: 'Is' }],
    [
      ['seed’s fingerprint', seed],
      ['tokenizer’s SHA-256', tokenizer ?? unknown],
      ['source of the data', data?.source ?? 'files'],
      ...splits,
      ['version', code ?? unknown],
    ],
  );
}

/** What runs warned of; nothing where they did not. */
export function warningList(runs: readonly RunFacts[]): Html {
  const warnings = runs.flatMap(({ name, warnings: words }) =>
    words.map((text) => (runs.length === 1 ? text : `${name}: ${text}`)),
  );
  return warnings.length === 0
    ? html``
    : html`<ul class="warnings" aria-label="Warnings">
        ${warnings.map((text) => html`<li><strong>Warning:</strong> ${text}</li>`)}
      </ul>`;
}
