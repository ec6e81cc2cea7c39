/**
 * Finding a silo's threshold three ways (Fig. 5 of the paper: sorting is what makes it slow), by the silo's size.
 *
 * @module
 */
import { bisections } from '../src/dst/iterative.ts';
import { computeQuantile, selectThreshold } from '../src/dst/threshold.ts';
import { createKernels } from '../src/kernel/create.ts';
import { KERNEL_NAMES } from '../src/kernel/kernels.ts';
import { Memory } from '../src/kernel/memory.ts';
import { Random } from '../src/tensor/random.ts';
import { inProcess } from './contestant.ts';
import { formatFigure, formatSpread } from './format.ts';
import type { Row, SubjectResult } from './result.ts';
import { interleave } from './rounds.ts';
import { computeMedian, computeSpread } from './spread.ts';
import type { Setting, Subject } from './subject.ts';
import { toText, type Table } from './table.ts';

const EPSILON = 0.01;
/** Algorithm 2 as it is by default: c = 2, T = 10. */
const BISECTION = { factor: 2, iterations: 10 };
const SIZES = [1_024, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
const QUICK_SIZES = [4_096, 65_536, 1_048_576];

export const thresholds: Subject = { measure, print: (result) => toText(thresholdsTable(result)) };

async function measure({ quick, say }: Setting): Promise<SubjectResult> {
  const effort = { rounds: quick ? 3 : 7, round: { milliseconds: quick ? 50 : 300, least: 1 } };
  const rows: Row[] = [];
  for (const size of quick ? QUICK_SIZES : SIZES) {
    say(`${size} distances`);
    const random = new Random(1);
    const values = Float32Array.from({ length: size }, () => Math.abs(random.normal()));
    const keep = Math.round(EPSILON * size);
    // Where the threshold was a step ago, a little off: what Algorithm 2 starts from in a steady run.
    const previous = 0.9 * computeQuantile(values, EPSILON);
    const both = KERNEL_NAMES.flatMap((name) => {
      const kernels = createKernels(name, new Memory());
      const delta = kernels.memory.copyOf(values);
      const iterate = (): void => {
        const search = bisections(delta, EPSILON, previous, BISECTION, kernels);
        while (search.next().done !== true);
      };
      return [
        inProcess(`select, ${name}`, 1, () => void selectThreshold(delta, keep, kernels)),
        inProcess(`iterative, ${name}`, 1, iterate),
      ];
    });
    const sort = inProcess('sort', 1, () => void computeQuantile(values, EPSILON));
    const measured = await interleave([sort, ...both], effort, { case: `|S| ${size}`, x: size });
    rows.push(...measured.rows);
  }
  return { subject: 'thresholds', rows, absent: [], facts: { epsilon: EPSILON } };
}

export function thresholdsTable({ rows }: SubjectResult): Table {
  return {
    columns: [
      { heading: 'silo' },
      { heading: 'method' },
      { heading: 'ms', align: 'right' },
      { heading: 'ns an element', align: 'right' },
    ],
    rows: rows.map(({ case: name, peer, rounds, x = NaN }) => [
      name,
      peer,
      formatSpread(computeSpread(rounds)),
      formatFigure((1e6 * computeMedian(rounds)) / x),
    ]),
  };
}
