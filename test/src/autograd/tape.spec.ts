import { describe, expect, it } from 'vitest';
import { attentionSoftmax, headScores } from '../../../src/autograd/attention.ts';
import { add, dropout, multiply, scale } from '../../../src/autograd/elementwise.ts';
import { headAttention } from '../../../src/autograd/headAttention.ts';
import { linear } from '../../../src/autograd/linear.ts';
import { sum } from '../../../src/autograd/losses.ts';
import { Tape } from '../../../src/autograd/tape.ts';
import type { Variable } from '../../../src/autograd/variable.ts';
import { Internal, InvalidInput } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { Random } from '../../../src/tensor/random.ts';

const kernels = createKernels('scalar');

function leaf(values: readonly number[], shape: readonly number[] = [values.length]): Variable {
  return { shape, data: kernels.memory.copyOf(values), gradient: kernels.memory.floats(values.length).fill(0) };
}

describe('Tape', () => {
  it('adds to the gradients of leaves, step after step', () => {
    const tape = new Tape(kernels, 'record');
    const w = leaf([1, -2, 3]);
    const step = (): number =>
      tape.step(() => {
        const loss = sum(tape, multiply(tape, w, w));
        tape.backward(loss);
        return loss.data[0];
      });
    expect(step()).toBe(14);
    expect([...(w.gradient ?? [])]).toEqual([2, -4, 6]);
    expect(step()).toBe(14);
    expect([...(w.gradient ?? [])]).toEqual([4, -8, 12]);
  });

  it('follows a value into each of its uses', () => {
    const tape = new Tape(kernels, 'record');
    const x = leaf([3]);
    tape.step(() => {
      const y = scale(tape, x, 2);
      const z = add(tape, multiply(tape, y, y), add(tape, y, y));
      tape.backward(sum(tape, z));
    });
    // d(4x² + 4x)/dx at 3
    expect([...(x.gradient ?? [])]).toEqual([28]);
  });

  it('does not go back into what the output does not depend on', () => {
    const tape = new Tape(kernels, 'record');
    const [x, y] = [leaf([1]), leaf([1])];
    tape.step(() => {
      const used = sum(tape, x);
      sum(tape, y);
      tape.backward(used);
    });
    expect([x, y].map(({ gradient }) => gradient?.[0])).toEqual([1, 0]);
  });

  it('gives back the memory of a step, also of one that throws, and forgets what it recorded', () => {
    const tape = new Tape(kernels, 'record');
    const x = leaf([1, 2]);
    const before = kernels.memory.bytes;
    expect(() =>
      tape.step(() => {
        scale(tape, x, 2);
        throw new Error('on the way');
      }),
    ).toThrow('on the way');
    expect(kernels.memory.bytes).toBe(before);
    expect(tape.recorded).toEqual([]);
    tape.step(() => {
      scale(tape, x, 2);
      tape.step(() => multiply(tape, x, x));
      expect(tape.recorded).toEqual(['scale']);
    });
    expect(kernels.memory.bytes).toBe(before);
  });

  it('makes no new views in a step like the last', () => {
    const tape = new Tape(kernels, 'record');
    const x = leaf([1, 2]);
    const viewsOf = (): Float32Array[] =>
      tape.step(() => {
        const y: Variable = { ...leaf([3, 4]), gradient: undefined };
        const loss = sum(tape, multiply(tape, x, y));
        tape.backward(loss);
        return [y.data, loss.data, ...[y.gradient].filter((view) => view !== undefined)];
      });
    const [first, second] = [viewsOf(), viewsOf()];
    expect(first).toHaveLength(3);
    first.forEach((view, i) => expect(second[i]).toBe(view));
  });

  it('goes back through any length in the room of a few gradients', () => {
    const tape = new Tape(kernels, 'record');
    const x = leaf([1, 2, 3, 4]);
    const bytesOf = (length: number): number =>
      tape.step(() => {
        let y: Variable = x;
        for (let i = 0; i < length; i++) y = scale(tape, y, 2);
        const loss = sum(tape, y);
        const before = kernels.memory.bytes;
        tape.backward(loss);
        return kernels.memory.bytes - before;
      });
    expect(bytesOf(10)).toBe(bytesOf(3));
  });

  it('writes to no gradient that another still needs', () => {
    const tape = new Tape(kernels, 'record');
    const x = leaf([1]);
    tape.step(() => {
      const [b, a] = [scale(tape, x, 3), scale(tape, x, 5)];
      const c = scale(tape, a, 7);
      // The sums hand one vector to a, b and c; c adds to a's before b has been passed.
      tape.backward(sum(tape, add(tape, add(tape, a, b), c)));
      expect([...(x.gradient ?? [])]).toEqual([3 + 5 * (1 + 7)]);

      const [scores, other] = [leaf([1, 2], [1, 1, 1, 2]), { ...leaf([0, 0], [1, 1, 1, 2]), gradient: undefined }];
      const visible = { from: tape.ints(Int32Array.of(0)), to: tape.ints(Int32Array.of(2)) };
      const summed = add(tape, attentionSoftmax(tape, scores, visible), other);
      tape.backward(summed, Float32Array.of(1, -1));
      expect([...(other.gradient ?? [])]).toEqual([1, -1]);
    });
  });

  it('leaves leaves with a gradient each', () => {
    const tape = new Tape(kernels, 'record');
    const [x, y]: Variable[] = [1, 2].map((value) => ({ ...leaf([value]), gradient: undefined }));
    tape.step(() => {
      tape.backward(sum(tape, add(tape, x, y)));
      expect([x.gradient, y.gradient].map((gradient) => gradient?.[0])).toEqual([1, 1]);
      expect(x.gradient).not.toBe(y.gradient);
    });
  });

  it('keeps a result and, where it does not record, nothing else', () => {
    const x = leaf([1, 2, 3, 4]);
    const forward = new Tape(kernels, 'forward');
    forward.step(() => {
      const before = kernels.memory.bytes;
      const y = forward.keepResult(() => scale(forward, multiply(forward, x, x), 2));
      expect([...y.data]).toEqual([2, 8, 18, 32]);
      expect(kernels.memory.bytes - before).toBe(16);
      expect(forward.recorded).toEqual([]);
    });
  });

  it('refuses to go back where it did not record, or without a cotangent from several numbers', () => {
    const x = leaf([1, 2]);
    const forward = new Tape(kernels, 'forward');
    expect(() => forward.step(() => forward.backward(sum(forward, x)))).toThrow(Internal);
    const tape = new Tape(kernels, 'record');
    expect(() => tape.step(() => tape.backward(scale(tape, x, 1)))).toThrow(
      'tape.backward: cotangent: expected 2 numbers, got "1"',
    );
  });
});

describe('primitives', () => {
  const tape = new Tape(kernels, 'forward');

  it('refuse shapes that do not fit', () => {
    expect(() => add(tape, leaf([1, 2]), leaf([1, 2, 3]))).toThrow('add: b: expected shape [2], got "[3]"');
    expect(() => linear(tape, leaf([1, 2, 3, 4], [2, 2]), leaf([1, 2, 3], [1, 3]))).toThrow(
      'linear: x: expected 3 columns',
    );
    const heads = (query: Variable, key: Variable, count: number) => () => headScores(tape, query, key, count, 1);
    const q = leaf([1, 2, 3, 4], [1, 2, 2]);
    expect(heads(q, leaf([1, 2, 3], [1, 1, 3]), 1)).toThrow('headScores: keys');
    expect(heads(q, q, 3)).toThrow('headScores: heads: expected a divisor of the width 2, got 3');
    const visible = { from: tape.ints(Int32Array.of(0, 0)), to: tape.ints(Int32Array.of(2, 2)) };
    const biased = (bias: Variable) => () => headAttention(tape, q, q, q, { heads: 2, factor: 1, visible, bias });
    expect(biased(q)).toThrow('headAttention: bias: expected [2, 2, 2], got "[1, 2, 2]"');
  });

  it('drop about their rate and keep the mean', () => {
    const ones = leaf(new Array<number>(10_000).fill(1));
    const { data } = dropout(tape, ones, { rate: 0.25, random: new Random(1) });
    const kept = data.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.75)]));
    // Within four standard deviations of a binomial count.
    expect(Math.abs(kept.length - 7500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75));
    expect(() => dropout(tape, ones, { rate: 1, random: new Random(1) })).toThrow(InvalidInput);
  });
});
