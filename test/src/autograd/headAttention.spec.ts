/**
 * The law of the fused primitive: what its parts are one after the other, to the bit, and so are the gradients.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBias, attentionSoftmax, headMix, headScores, type Visible } from '../../../src/autograd/attention.ts';
import { headAttention } from '../../../src/autograd/headAttention.ts';
import { Tape } from '../../../src/autograd/tape.ts';
import type { Variable } from '../../../src/autograd/variable.ts';
import type { Kernels } from '../../../src/kernel/kernels.ts';
import { Random } from '../../../src/tensor/random.ts';
import { elementCount } from '../../../src/tensor/shape.ts';
import { runs } from '../../run/runs.ts';
import { BOTH, bits, floats } from '../kernel/both.ts';

interface Case {
  readonly batch: number;
  readonly heads: number;
  readonly headSize: number;
  readonly queries: number;
  readonly keys: number;
  readonly spare: number;
  readonly seed: number;
}

const FACTOR = 0.7;

const cases: fc.Arbitrary<Case> = fc.record({
  batch: fc.integer({ min: 1, max: 4 }),
  heads: fc.integer({ min: 1, max: 3 }),
  headSize: fc.integer({ min: 1, max: 9 }),
  queries: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 12 })),
  keys: fc.integer({ min: 1, max: 19 }),
  spare: fc.integer({ min: 0, max: 2 }),
  seed: fc.nat(),
});

type Attend = (
  tape: Tape,
  [query, key, value, bias]: readonly Variable[],
  how: { readonly heads: number; readonly visible: Visible; readonly keys: number },
) => Variable;

const fused: Attend = (tape, [query, key, value, bias], how) =>
  headAttention(tape, query, key, value, { ...how, factor: FACTOR, bias });

const stepByStep: Attend = (tape, [query, key, value, bias], { heads, visible, keys }) => {
  const scores = addBias(tape, headScores(tape, query, key, heads, FACTOR, keys), bias);
  return headMix(tape, attentionSoftmax(tape, scores, visible), value);
};

/** Two layers that share a bias whose gradient something else has reached before: all outputs and gradients. */
function pass(kernels: Kernels, attend: Attend, given: Case): number[][] {
  const { batch, heads, headSize, queries, keys, spare, seed } = given;
  const random = new Random(seed);
  const draw = (length: number): Float32Array => floats(Float32Array.from({ length }, () => random.normal()));
  const tape = new Tape(kernels, 'record');
  return tape.step(() => {
    const [ofQuery, ofKey] = [queries, keys + spare].map((rows) => [batch, rows, heads * headSize]);
    const leaf = (shape: readonly number[]): Variable => {
      return { shape, data: draw(elementCount(shape)), gradient: undefined };
    };
    const bias: Variable = { ...leaf([heads, queries, keys]), gradient: draw(heads * queries * keys) };
    const place = (): Int32Array => Int32Array.from({ length: batch * queries }, () => random.integer(keys + 1));
    const how = { heads, visible: { from: tape.ints(place()), to: tape.ints(place()) }, keys };
    const inputs = [leaf(ofQuery), leaf(ofKey), leaf(ofKey), leaf(ofKey), leaf(ofKey), bias];
    const [query, key, value, nextKey, nextValue] = inputs;
    const first = attend(tape, [query, key, value, bias], how);
    const last = attend(tape, [first, nextKey, nextValue, bias], how);
    tape.backward(last, draw(last.data.length));
    const gradients = inputs.map((x) => tape.gradient(x));
    // What is skipped would have added ±0, which can turn a −0 into +0 and changes nothing else.
    return [first.data, last.data, ...gradients].map((x) => bits(x.map((v) => v + 0)));
  });
}

describe.each(BOTH)('headAttention with a bias, $name', (kernels) => {
  it('is scores, bias, softmax and mix one after the other, to the bit, forward and backward', () => {
    fc.assert(
      fc.property(cases, (given) => {
        expect(pass(kernels, fused, given)).toEqual(pass(kernels, stepByStep, given));
      }),
      { numRuns: runs(100, 10) },
    );
  });
});

describe.each(BOTH)('addBias, $name', (kernels) => {
  it('gives the bias its gradient batch element by batch element, each sum rounded', () => {
    const tape = new Tape(kernels, 'record');
    tape.step(() => {
      const random = new Random(1);
      const [batch, size] = [7, 2 * 3 * 5];
      const draw = (length: number): Float32Array => floats(Float32Array.from({ length }, () => random.normal()));
      const [scores, dOut, before] = [draw(batch * size), draw(batch * size), draw(size)];
      const bias: Variable = { shape: [2, 3, 5], data: draw(size), gradient: floats(before) };
      const out = addBias(tape, { shape: [batch, 2, 3, 5], data: scores, gradient: undefined }, bias);
      const wanted = before.map((g, i) => {
        for (let at = i; at < dOut.length; at += size) g = Math.fround(g + dOut[at]);
        return g;
      });
      tape.backward(out, dOut);
      expect(bits(tape.gradient(bias))).toEqual(bits(wanted));
    });
  });
});
