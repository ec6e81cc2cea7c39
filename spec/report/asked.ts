/**
 * What a run has asked, for people: a row an operation, in a terminal and on a page. The record has it in full.
 *
 * @module
 */
import type { OperationCoverage } from '../asking/coverage.ts';
import type { ConformanceRun } from '../conform/record.ts';
import { html } from '../../html/markup.ts';
import type { Html } from '../../html/markup.ts';

/** Of a longer list of what was not asked, the first are named. */
const MOST_NAMED = 5;

/** The operations of which something was asked. */
function rowsOf({ end }: ConformanceRun): readonly OperationCoverage[] {
  return (end.coverage ?? []).filter(({ requests }) => requests > 0);
}

function sizesAsked({ sizes }: OperationCoverage): string[] {
  return Object.keys(sizes).filter((size) => sizes[size] > 0);
}

function pairsAsked({ pairs }: OperationCoverage): string {
  return pairs.of === 0 ? '–' : `${pairs.asked}/${pairs.of}`;
}

function missing({ holes }: OperationCoverage): string {
  if (holes.length === 0) return 'nothing';
  const rest = holes.length - MOST_NAMED;
  return `${holes.slice(0, MOST_NAMED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** The table for a terminal; empty if the record has none. */
export function askedTable(run: ConformanceRun): string {
  const rows = rowsOf(run).map((row) => [
    row.operation,
    String(row.requests),
    String(sizesAsked(row).length),
    pairsAsked(row),
    String(row.holes.length),
  ]);
  if (rows.length === 0) return '';
  return [['asked', 'requests', 'sizes', 'pairs', 'holes'], ...rows]
    .map(
      ([operation, requests, sizes, pairs, holes]) =>
        `${operation.padEnd(12)}${requests.padStart(8)}${sizes.padStart(9)}${pairs.padStart(12)}${holes.padStart(7)}`,
    )
    .join('\n');
}

/** The section of the page. */
export function askedSection(run: ConformanceRun): Html | '' {
  const rows = rowsOf(run);
  if (rows.length === 0) return '';
  return html`<details class="asked">
    <summary>What was asked</summary>
    <div class="scroll" role="region" aria-label="What was asked" tabindex="0">
      <table class="levels">
        <caption>
          Requests, the sizes of their vectors or silos, and pairs of options
        </caption>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Requests</th>
            <th scope="col">Sizes</th>
            <th scope="col">Pairs</th>
            <th scope="col">Not asked</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.operation}</th>
                <td>${row.requests}</td>
                <td>${sizesAsked(row).join(', ')}</td>
                <td>${pairsAsked(row)}</td>
                <td>${missing(row)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
