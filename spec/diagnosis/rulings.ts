/**
 * The ruling that a law holds programs to, with what it says and what others do: from docs/rulings.md, by `npm run generate`.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Law } from '../laws/law.ts';

/** What a failure says of the ruling behind it. */
export interface RulingRecord {
  /** As in `amb-3`; `protocol` for what the protocol asks of every program. */
  readonly id: string;
  /** Where it is explained, from the root of this package. */
  readonly link: string;
  /** What the paper leaves open. */
  readonly question: string;
  readonly says: string;
  /** What can be chosen instead, or `none`. */
  readonly others: string;
}

/** A row of the file. */
interface Row extends Omit<RulingRecord, 'link'> {
  readonly laws: readonly string[];
}

/** The paper has no word on invalid input: the protocol has. */
const OF_THE_PROTOCOL: RulingRecord = {
  id: 'protocol',
  link: 'docs/conformance/protocol.md#what-is-accepted',
  question: 'What is the answer to invalid input, and may a program remember what it was asked?',
  says: 'An error of kind invalid-input, after which the program continues. Every operation is stateless.',
  others: '--paper-only leaves these checks out.',
};

/** How many are kept: the one ruling that the paper's own checks take for granted. */
const COUNTS = 'amb-1';

let rows: readonly Row[] | undefined;

/** The ruling that a law tests, the first if there are two; undefined for one that the paper alone decides. */
export function rulingOf({ id, equation, kind }: Pick<Law, 'id' | 'equation' | 'kind'>): RulingRecord | undefined {
  rows ??= JSON.parse(readFileSync(new URL('./rulings.json', import.meta.url), 'utf8')) as Row[];
  // Which AdaFactor is meant is one ruling, whichever of its laws fails.
  const found =
    rows.find(({ id: row, laws }) => laws.includes(id) && (kind === 'ruling' || row === COUNTS)) ??
    (kind === 'ruling' && equation === 'app-f' ? rows.find((row) => row.id === 'amb-12') : undefined);
  if (found === undefined) return equation === 'protocol' ? OF_THE_PROTOCOL : undefined;
  const { id: name, question, says, others } = found;
  return { id: name, link: `docs/rulings.md#${name}`, question, says, others };
}
