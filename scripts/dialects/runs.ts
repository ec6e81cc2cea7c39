/**
 * The tables of what was run against the published AdaFactors, made from the suite's last result.
 *
 * @module
 */
import type { DialectName } from '../../src/optim/dialects.ts';
import type { Measured, Range } from './measured.ts';

/** A table in Markdown. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** How a dialect is known: from the programs that were run, or from their text alone. */
export function knownFrom(dialect: DialectName, programs: readonly Measured[]): string {
  const run = programs.filter((program) => program.dialect === dialect).map(({ program }) => program);
  return run.length === 0 ? 'read, not run' : `run: ${run.join('; ')}`;
}

/** How far each program's updates lie from ours, and which laws it holds. */
export function renderAgreement(programs: readonly Measured[]): string {
  return tableOf(
    [
      'program',
      'dialect',
      'cases',
      'numbers',
      'largest distance from ours, in 2⁻²³',
      'laws that hold',
      'laws that are known to fail',
      'verdict of `dst conform`',
    ],
    programs.map(({ program, dialect, agreement, laws }) => [
      program,
      `\`${dialect}\``,
      String(agreement.cases),
      agreement.numbers.toLocaleString('en'),
      distanceOf(agreement),
      String(laws.held),
      laws.expected.length === 0 ? 'none' : laws.expected.map((id) => `\`${id}\``).join(', '),
      laws.verdict,
    ]),
  );
}

function distanceOf({ worst, beyond }: Measured['agreement']): string {
  if (beyond === 0) return worst.toFixed(1);
  return `${beyond.toLocaleString('en')} numbers are the other neighbour in bfloat16; all lie in their brackets`;
}

/** What comes of the first step for gradients of each size. */
export function renderEnds(programs: readonly Measured[]): string {
  const inputs = [...new Set(programs.flatMap(({ ends }) => Object.keys(ends.theirs)))];
  const cells = (ends: Measured['ends']['theirs']): string[] =>
    inputs.map((input) => (input in ends ? ends[input].map(describeRange).join('; ') : 'as by default'));
  // Ours are alike in all dialects, but for an input that is asked of one alone.
  const ours = Object.assign({}, ...programs.map(({ ends }) => ends.ours)) as Measured['ends']['ours'];
  return tableOf(
    ['program', ...inputs],
    [
      ['ours, in each dialect', ...cells(ours)],
      ...programs.map(({ program, ends }) => [program, ...cells(ends.theirs)]),
    ],
  );
}

function describeRange({ outcome, from, to }: Range): string {
  return `${outcome === 'NaN' ? '**NaN**' : outcome} ${powerOfTen(from)} to ${powerOfTen(to)}`;
}

function powerOfTen(exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}

/** What Dynamic Subset Tuning meets at each program. */
export function renderSubsets(programs: readonly Measured[]): string {
  return tableOf(
    [
      'program',
      'distance from t5x’s updates with the settings above, in 2⁻²³',
      'overlap with t5x’s subset with them',
      'overlap at its defaults',
      'way that θ goes at its defaults, t5x’s being 1',
      'different first distances among 1,000',
    ],
    programs.map(({ program, subset }) => [
      program,
      subset.worst.toFixed(1),
      subset.overlap.toFixed(3),
      subset.atDefaults.overlap.toFixed(3),
      subset.atDefaults.ratio.toPrecision(3),
      String(subset.firstDistances),
    ]),
  );
}
