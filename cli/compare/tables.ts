/**
 * The tables of a comparison on a page.
 *
 * @module
 */
import { html, type Html } from '../../html/markup.ts';
import { printResult } from '../../src/text/json.ts';
import { nothingToDraw } from '../report/figure.ts';
import { table } from '../../html/table.ts';
import type { Column } from '../table.ts';
import type { Comparison, RunFacts } from './comparison.ts';
import type { FinishedRun } from './finished.ts';
import { EACH_WITH_EACH } from './pairs.ts';
import { describeNotComparable, PAIR_COLUMNS, pairRows, RUN_COLUMNS, runCells } from './words.ts';

/** A symbol stays as it is: the capital of ε is another letter. */
function onPage(columns: readonly Column[]): readonly { readonly heading: string; readonly numeric: boolean }[] {
  return columns.map(({ heading, align }) => ({
    heading: heading.length === 1 ? heading : heading.charAt(0).toUpperCase() + heading.slice(1),
    numeric: align === 'right',
  }));
}

/** A line a run. */
export function runTable(runs: readonly RunFacts[]): Html {
  return table('Results', onPage(RUN_COLUMNS), runs.map(runCells));
}

/** Differences of the pairs that can be compared, and why the others cannot. */
export function differenceTable(comparison: Comparison): Html {
  const { runs, notComparable } = comparison;
  const rows = pairRows(comparison);
  const many = runs.length > EACH_WITH_EACH ? ' There are many runs, so each is compared with the first alone.' : '';
  return html`<p class="faint">
      The first run’s metric minus the second’s, on the same rows, in points, with the interval of the paired bootstrap;
      p is McNemar’s, of shares.${many}
    </p>
    ${rows.length === 0 ? nothingToDraw('No two of these runs can be compared.') : table('Differences', onPage(PAIR_COLUMNS), rows)}
    ${notComparable.map((pair) => html`<p class="faint">${describeNotComparable(pair)}.</p>`)}`;
}

/** What the subsets of each pair have in common (Eq. 9). */
export function overlapTable({ overlaps }: Comparison): Html {
  if (overlaps.length === 0) return nothingToDraw('No two of these runs have subsets of one seed.');
  return table(
    'Overlap of subsets (Eq. 9)',
    [{ heading: 'Run' }, { heading: 'And' }, { heading: 'Overlap', numeric: true }],
    overlaps.map(({ first, second, overlap }) => [first, second, overlap.toFixed(4)]),
  );
}

/** The choices in which the runs differ, a line each. */
export function choiceTable(runs: readonly FinishedRun[], facts: readonly RunFacts[]): Html {
  const choices = runs.map(({ record: { config }, result: { identity } }) => ({
    ...config,
    seedFingerprint: identity.seed.slice(0, 16),
    tokenizer: identity.tokenizer?.slice(0, 16) ?? null,
    trainingData: identity.data?.train.sha256.slice(0, 16) ?? null,
    code: identity.code,
  }));
  const inWords = (value: unknown): string => (typeof value === 'string' ? value : printResult(value, 'option'));
  const rows = Object.keys(choices[0]).flatMap((name) => {
    const values = choices.map((choice) => inWords(Object.entries(choice).find(([key]) => key === name)?.[1] ?? null));
    return new Set(values).size === 1 ? [] : [[name, ...values]];
  });
  if (rows.length === 0) return nothingToDraw('The runs were made of the same.');
  return table(
    'Choices in which the runs differ',
    [{ heading: 'Choice' }, ...facts.map(({ name }) => ({ heading: name }))],
    rows,
  );
}
