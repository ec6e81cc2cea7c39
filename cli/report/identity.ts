/**
 * What a run was made of, on a page.
 *
 * @module
 */
import { SPLITS } from '../../src/data/task.ts';
import type { Identity } from '../../src/run/identity.ts';
import type { EarlierIdentity } from '../../src/run/runFolder.ts';
import { html, type Html } from '../../html/markup.ts';
import { table } from '../../html/table.ts';
import { formatCount } from '../table.ts';

/** Something else that a part of a run was made of. */
export interface OtherIdentity {
  /** Which part: steps, or a method and its steps. */
  readonly part: string;
  readonly identity: Identity;
}

/** The steps of a run before it continued with something else. */
export function earlierParts(earlier: readonly EarlierIdentity[]): OtherIdentity[] {
  return earlier.map(({ untilStep, identity }) => ({ part: `until step ${untilStep}`, identity }));
}

/** The identity of seed, tokenizer, data and code; also what parts of the run were made of if that is something else. */
export function identityFacts(identity: Identity, others: readonly OtherIdentity[]): Html {
  return html`${identityTable('Seed, tokenizer, data and code', identity)}
  ${others.map(({ part, identity: other }) => identityTable(part.charAt(0).toUpperCase() + part.slice(1), other))}`;
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
