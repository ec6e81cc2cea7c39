/**
 * Attention in one kernel against products, softmax and products one after the other, forward and backward, at the
 * decoder's shapes: rows of 64 causal keys, and of 256.
 *
 * @module
 */
import { attentionSoftmax, headMix, headScores, type Visible } from '../../src/autograd/attention.ts';
import { headAttention } from '../../src/autograd/headAttention.ts';
import { Tape } from '../../src/autograd/tape.ts';
import type { Variable } from '../../src/autograd/variable.ts';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { Random } from '../../src/tensor/random.ts';
import { printAttention, WAYS, type Way } from './table.ts';
import { CPU_CLOCK, onCpu } from '../contestant.ts';
import { oneThread } from '../kernelsOf.ts';
import type { Row, SubjectResult } from '../result.ts';
import { interleave, type Effort } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';
import { YARDSTICK } from '../step/yardstick.ts';

const { heads: HEADS, modelSize: WIDTH } = YARDSTICK;
const FACTOR = 1 / Math.sqrt(WIDTH / HEADS);
/** As many places each, but of different lengths. */
const SHAPES = [
  { batch: 16, length: 64 },
  { batch: 4, length: 256 },
];

type Attend = (tape: Tape, q: Variable, k: Variable, v: Variable, visible: Visible) => Variable;

const ATTEND: Readonly<Record<Way, Attend>> = {
  'one kernel': (tape, q, k, v, visible) => headAttention(tape, q, k, v, { heads: HEADS, factor: FACTOR, visible }),
  'step by step': (tape, q, k, v, visible) =>
    headMix(tape, attentionSoftmax(tape, headScores(tape, q, k, HEADS, FACTOR), visible), v),
};

export const attention: Subject = { measure, print: printAttention };

async function measure({ quick, kernels: name, say }: Setting): Promise<SubjectResult> {
  const kernels = oneThread(name);
  const effort: Effort = { rounds: quick ? 5 : 15, round: { milliseconds: quick ? 20 : 100, least: 3 } };
  const rows: Row[] = [];
  for (const { batch, length } of SHAPES) {
    say(`${batch} rows of ${length} keys`);
    const pass = createPass(kernels, batch, length);
    const contestants = WAYS.map((way) => onCpu(way, () => pass(ATTEND[way])));
    rows.push(...(await interleave(contestants, effort, { case: `${batch} x ${length}` })).rows);
  }
  return { subject: 'attention', rows, absent: [], facts: { heads: HEADS, width: WIDTH, clock: CPU_CLOCK } };
}

/** A forward and a backward pass, on vectors that are the same for every way. */
function createPass(kernels: Kernels, batch: number, length: number): (attend: Attend) => void {
  const tape = new Tape(kernels, 'record');
  const random = new Random(1);
  const shape = [batch, length, WIDTH];
  const draw = (): Float32Array =>
    kernels.memory.copyOf(Float32Array.from({ length: batch * length * WIDTH }, () => random.normal()));
  const [q, k, v, dOut] = [draw(), draw(), draw(), draw()];
  const to = Int32Array.from({ length: batch * length }, (_, i) => (i % length) + 1);
  const from = new Int32Array(to.length);
  return (attend) =>
    tape.step(() => {
      const visible = { from: tape.ints(from), to: tape.ints(to) };
      const [query, key, value] = [q, k, v].map((data): Variable => ({ shape, data, gradient: undefined }));
      tape.backward(attend(tape, query, key, value, visible), dOut);
    });
}
