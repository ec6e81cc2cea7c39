/**
 * The matrix: equations down, implementations across. A cell says in a sign, in words and in colour what came of an
 * equation's checks, and leads to them.
 *
 * @module
 */
import { LAW_ANCHORS } from '../laws/law.ts';
import type { LawAnchor } from '../laws/law.ts';
import type { CheckRecord, ConformanceRun, State } from '../conform/record.ts';
import { html } from '../../html/markup.ts';
import type { Html } from '../../html/markup.ts';
import { shareOf, WORDS, worstOf } from './tally.ts';

/** Distinct without colour. */
export const SIGNS: Readonly<Record<State, string>> = {
  pass: '✓',
  fail: '✗',
  'expected-failure': '~',
  'unexpected-pass': '!',
  skip: '–',
  'not-applicable': '·',
  timeout: '…',
  crash: '✸',
};

/** What a reader of the matrix knows an anchor by. */
export const TITLES: Readonly<Record<LawAnchor, string>> = {
  'eq-1': 'the budget',
  'eq-2': 'a budget for each silo',
  'eq-3': 'the candidate',
  'eq-4': 'the nearest feasible point',
  'eq-5': 'inverse-relative distance',
  'eq-6': 'the threshold',
  'eq-7': 'kept and reset',
  'eq-8': 'the fraction above τ',
  'eq-9': 'subset overlap',
  'tab-1': 'distances',
  'alg-1': 'a step of training',
  'alg-2': 'iterative threshold',
  'sec-3.2': 'silos',
  'app-f': 'AdaFactor and SGD',
  protocol: 'refusals',
};

/** Where a cell leads. */
export function sectionId(run: number, equation: LawAnchor): string {
  return `run-${run + 1}-${equation}`;
}

export function equationsOf(runs: readonly ConformanceRun[]): LawAnchor[] {
  return LAW_ANCHORS.filter((anchor) => runs.some(({ checks }) => checks.some(({ equation }) => equation === anchor)));
}

export function checksOf({ checks }: ConformanceRun, equation: LawAnchor): CheckRecord[] {
  return checks.filter((check) => check.equation === equation);
}

export function renderMatrix(runs: readonly ConformanceRun[]): Html {
  return html`<div class="scroll" role="region" aria-label="Implementations against equations" tabindex="0">
    <table class="matrix">
      <caption>
        What came of the checks of each equation
      </caption>
      <thead>
        <tr>
          <th scope="col">Equation</th>
          ${runs.map(
            ({ start: { implementation } }, i) =>
              html`<th scope="col">
                <a href="#run-${i + 1}">${implementation.name}</a>
                <span class="faint">${implementation.version} · ${implementation.dtype}</span>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${equationsOf(runs).map(
          (equation) =>
            html`<tr>
              <th scope="row"><span class="anchor">${equation}</span> ${TITLES[equation]}</th>
              ${runs.map((run, i) => cell(checksOf(run, equation), sectionId(i, equation)))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function cell(checks: readonly CheckRecord[], id: string): Html {
  const state = worstOf(checks);
  if (state === undefined) return html`<td class="none"><span class="sr">not asked</span></td>`;
  const { held, of } = shareOf(checks);
  const share = of === 0 ? '' : `${held}/${of}`;
  const words = of === 0 ? WORDS[state] : `${held} of ${of} hold; the worst: ${WORDS[state]}`;
  return html`<td class="${state}">
    <a href="#${id}"><span aria-hidden="true">${SIGNS[state]} ${share}</span><span class="sr">${words}</span></a>
  </td>`;
}

export function renderLegend(runs: readonly ConformanceRun[]): Html {
  const states = Object.keys(SIGNS).filter((state) =>
    runs.some(({ checks }) => checks.some((check) => check.state === state)),
  );
  const known = (state: string): state is State => Object.hasOwn(SIGNS, state);
  return html`<ul class="legend" aria-label="Signs">
    ${states
      .filter(known)
      .map(
        (state) => html`<li><span class="key ${state}" aria-hidden="true">${SIGNS[state]}</span> ${WORDS[state]}</li>`,
      )}
  </ul>`;
}
