/**
 * Attention in one kernel against products, softmax and products one after the other, forward and backward, at the
 * decoder's shapes: rows of 64 causal keys, and of 256.
 *
 * `node scripts/run.mjs bench/attention.ts [--quick] [--json]`
 *
 * @module
 */
import { formatTable } from '../cli/table.ts';
import { attentionSoftmax, headMix, headScores, type Visible } from '../src/autograd/attention.ts';
import { headAttention } from '../src/autograd/headAttention.ts';
import { Tape } from '../src/autograd/tape.ts';
import type { Variable } from '../src/autograd/variable.ts';
import { createKernels } from '../src/kernel/create.ts';
import { Memory } from '../src/kernel/memory.ts';
import { Random } from '../src/tensor/random.ts';

const isQuick = process.argv.includes('--quick');
const ROUNDS = isQuick ? 5 : 15;
const HEADS = 4;
const WIDTH = 128;
const FACTOR = 1 / Math.sqrt(WIDTH / HEADS);

type Attend = (tape: Tape, q: Variable, k: Variable, v: Variable, visible: Visible) => Variable;

const WAYS: Readonly<Record<'one kernel' | 'step by step', Attend>> = {
  'one kernel': (tape, q, k, v, visible) => headAttention(tape, q, k, v, { heads: HEADS, factor: FACTOR, visible }),
  'step by step': (tape, q, k, v, visible) =>
    headMix(tape, attentionSoftmax(tape, headScores(tape, q, k, HEADS, FACTOR), visible), v),
};

const kernels = createKernels('simd', new Memory());
const tape = new Tape(kernels, 'record');

/**
 * Milliseconds of a forward and backward pass each way, round by round: of this process, so that others who share the
 * machine count for less.
 */
function measure(batch: number, length: number): Record<keyof typeof WAYS, number[]> {
  const random = new Random(1);
  const size = batch * length * WIDTH;
  const draw = (): Float32Array => kernels.memory.copyOf(Float32Array.from({ length: size }, () => random.normal()));
  const [q, k, v, dOut] = [draw(), draw(), draw(), draw()];
  const to = Int32Array.from({ length: batch * length }, (_, i) => (i % length) + 1);
  const run = (attend: Attend): number =>
    tape.step(() => {
      const visible = { from: tape.ints(new Int32Array(to.length)), to: tape.ints(to) };
      const inputs = [q, k, v].map((data): Variable => ({ shape: [batch, length, WIDTH], data, gradient: undefined }));
      const start = process.cpuUsage();
      tape.backward(attend(tape, inputs[0], inputs[1], inputs[2], visible), dOut);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
  for (let i = 0; i < 3; i++) Object.values(WAYS).forEach(run);
  const times = { 'one kernel': [] as number[], 'step by step': [] as number[] };
  for (let i = 0; i < ROUNDS; i++) {
    times['one kernel'].push(run(WAYS['one kernel']));
    times['step by step'].push(run(WAYS['step by step']));
  }
  return times;
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const spread = (values: readonly number[], digits: number): string => {
  const all = sorted(values);
  return `${all[all.length >> 1].toFixed(digits)} (${all[0].toFixed(digits)} … ${all[all.length - 1].toFixed(digits)})`;
};

const rows = [
  [16, 64],
  [4, 256],
].map(([batch, length]) => {
  const times = measure(batch, length);
  const faster = times['step by step'].map((ms, round) => ms / times['one kernel'][round]);
  return { batch, length, milliseconds: times, faster };
});

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ bench: 'attention', node: process.version, heads: HEADS, width: WIDTH, rows }, null, 2));
} else {
  console.log(
    formatTable(
      ['rows x keys', 'ms in one kernel', 'ms step by step', 'times as fast'].map((heading, i) => ({
        heading,
        align: i === 0 ? ('left' as const) : ('right' as const),
      })),
      rows.map(({ batch, length, milliseconds, faster }) => [
        `${batch} x ${length}`,
        spread(milliseconds['one kernel'], 2),
        spread(milliseconds['step by step'], 2),
        spread(faster, 2),
      ]),
    ),
  );
}
