import { describe, expect, it } from 'vitest';
import { Tape } from '../../../src/autograd/tape.ts';
import type { Variable } from '../../../src/autograd/variable.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { ParameterList } from '../../../src/nn/parameters.ts';
import { BoundWeights } from '../../../src/nn/weights.ts';

const kernels = createKernels('scalar');
const record = new Tape(kernels, 'record');
const forward = new Tape(kernels, 'forward');

const declared = new ParameterList();
declared.declare('a', [2, 3], { kind: 'ones' });
declared.declare('b', [4], { kind: 'ones' });
const bound = new BoundWeights('toy', declared, (lookup): { a: Variable; b: Variable } => ({
  a: lookup('a'),
  b: lookup('b'),
}));
const vector = (): Float32Array => Float32Array.from({ length: declared.size }, (_, i) => i);

describe('bound weights', () => {
  it('are views of θ and of its gradient, one parameter after the other', () => {
    const [theta, gradient] = [vector(), vector()];
    const { a, b } = bound.in(record, theta, gradient);
    expect([...a.data, ...b.data]).toEqual([...theta]);
    theta[7] = -1;
    expect(b.data[1]).toBe(-1);
    if (b.gradient !== undefined) b.gradient[3] = -2;
    expect(gradient[9]).toBe(-2);
  });

  it('are made once for a θ and a gradient, and serve a forward pass too', () => {
    const [theta, gradient] = [vector(), vector()];
    const weights = bound.in(record, theta, gradient);
    expect(bound.in(record, theta, gradient)).toBe(weights);
    expect(bound.in(forward, theta, undefined)).toBe(weights);
    expect(bound.in(forward, vector(), undefined)).not.toBe(weights);
  });

  it('follow another gradient', () => {
    const theta = vector();
    const other = vector();
    bound.in(record, theta, vector());
    expect(bound.in(record, theta, other).a.gradient?.buffer).toBe(other.buffer);
    bound.in(forward, theta, undefined);
    expect(bound.in(record, theta, other).a.gradient?.buffer).toBe(other.buffer);
  });

  it('need a gradient where the tape records, and vectors as long as the model', () => {
    expect(() => bound.in(record, vector(), undefined)).toThrow(
      'toy: gradient: expected a vector to add to, since the tape records, got "undefined"',
    );
    expect(() => bound.in(forward, new Float32Array(3), undefined)).toThrow('theta: expected 10 numbers');
  });
});
