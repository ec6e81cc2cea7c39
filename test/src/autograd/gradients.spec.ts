/**
 * Every derivative against differences. The table has a row for each primitive of the closed list: a primitive without
 * one does not compile, and a row that does not use its primitive fails.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { addBias, attentionSoftmax, headMix, headScores } from '../../../src/autograd/attention.ts';
import { add, dropout, gated, multiply, scale } from '../../../src/autograd/elementwise.ts';
import {
  describeGradientCheck,
  gradientCheck,
  gradientsAgree,
  type Computation,
} from '../../../src/autograd/gradientCheck.ts';
import { headAttention } from '../../../src/autograd/headAttention.ts';
import { gather, linear } from '../../../src/autograd/linear.ts';
import { crossEntropy, sum } from '../../../src/autograd/losses.ts';
import { PRIMITIVES, type PrimitiveName } from '../../../src/autograd/primitives.ts';
import { rmsNorm } from '../../../src/autograd/rmsNorm.ts';
import { rotate } from '../../../src/autograd/rotate.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES } from '../../../src/kernel/kernels.ts';
import { createRotaryTables } from '../../../src/nn/rotary.ts';
import { Random } from '../../../src/tensor/random.ts';
import { elementCount, type Shape } from '../../../src/tensor/shape.ts';

/** The shapes of the inputs, and what is computed from them. */
interface Case {
  readonly title: string;
  readonly inputs: readonly Shape[];
  readonly compute: Computation;
  /** How far from 0 the inputs lie at least: a function with a kink there has no derivative that differences could show. */
  readonly awayFromZero?: number;
}

const CASES: Readonly<Record<PrimitiveName, readonly Case[]>> = {
  add: [
    {
      title: 'two tensors',
      inputs: [
        [3, 5],
        [3, 5],
      ],
      compute: (tape, [a, b]) => add(tape, a, b),
    },
    { title: 'a tensor and itself', inputs: [[7]], compute: (tape, [a]) => add(tape, a, a) },
    {
      title: 'a residual: what takes over the gradient is read again',
      inputs: [
        [3, 4],
        [4, 4],
      ],
      compute: (tape, [x, w]) => {
        const y = scale(tape, x, 2);
        return add(tape, y, linear(tape, y, w));
      },
    },
  ],
  addBias: [
    {
      title: 'a bias per head',
      inputs: [
        [3, 2, 2, 3],
        [2, 2, 3],
      ],
      compute: (tape, [x, b]) => addBias(tape, x, b),
    },
  ],
  attentionSoftmax: [
    {
      title: 'keys partly visible, one row seeing nothing',
      inputs: [[2, 2, 2, 5]],
      compute: (tape, [scores]) =>
        attentionSoftmax(tape, scores, {
          from: tape.ints(Int32Array.of(0, 1, 2, 3)),
          to: tape.ints(Int32Array.of(5, 4, 5, 3)),
        }),
    },
  ],
  crossEntropy: [
    {
      title: 'a masked row, and a factor',
      inputs: [[4, 6]],
      compute: (tape, [logits]) => crossEntropy(tape, logits, tape.ints(Int32Array.of(2, -1, 5, 0)), 0.3),
    },
  ],
  dropout: [
    {
      title: 'a third dropped',
      inputs: [[40]],
      compute: (tape, [x]) => dropout(tape, x, { rate: 1 / 3, random: new Random(5) }),
    },
  ],
  gated: [
    {
      title: 'gelu',
      inputs: [
        [3, 7],
        [3, 7],
      ],
      compute: (tape, [g, u]) => gated(tape, g, u, 'gelu'),
    },
    {
      title: 'silu',
      inputs: [
        [3, 7],
        [3, 7],
      ],
      compute: (tape, [g, u]) => gated(tape, g, u, 'silu'),
    },
    {
      title: 'relu',
      inputs: [
        [3, 7],
        [3, 7],
      ],
      compute: (tape, [g, u]) => gated(tape, g, u, 'relu'),
      awayFromZero: 0.1,
    },
    {
      title: 'gelu-exact',
      inputs: [
        [3, 7],
        [3, 7],
      ],
      compute: (tape, [g, u]) => gated(tape, g, u, 'gelu-exact'),
    },
  ],
  gather: [
    {
      title: 'a row taken twice, one not at all',
      inputs: [[4, 5]],
      compute: (tape, [table]) => gather(tape, table, tape.ints(Int32Array.of(3, 0, 3)), [3]),
    },
  ],
  headAttention: [
    {
      title: 'two heads, keys partly visible, one query seeing nothing',
      inputs: [
        [2, 3, 6],
        [2, 4, 6],
        [2, 4, 6],
      ],
      compute: (tape, [query, key, value]) => {
        const from = tape.ints(Int32Array.of(0, 1, 2, 3, 0, 0));
        const to = tape.ints(Int32Array.of(4, 3, 4, 3, 1, 2));
        return headAttention(tape, query, key, value, { heads: 2, factor: 0.5, visible: { from, to } });
      },
    },
    {
      title: 'one tensor as query, key and value',
      inputs: [[1, 3, 4]],
      compute: (tape, [x]) => {
        const visible = { from: tape.ints(Int32Array.of(0, 0, 0)), to: tape.ints(Int32Array.of(1, 2, 3)) };
        return headAttention(tape, x, x, x, { heads: 2, factor: 0.7, visible });
      },
    },
    {
      title: 'fewer keys than there is room for',
      inputs: [
        [1, 2, 4],
        [1, 4, 4],
        [1, 4, 4],
      ],
      compute: (tape, [query, key, value]) => {
        const visible = { from: tape.ints(Int32Array.of(0, 0)), to: tape.ints(Int32Array.of(3, 2)) };
        return headAttention(tape, query, key, value, { heads: 1, factor: 0.7, visible, keys: 3 });
      },
    },
    {
      title: 'a bias per head, the same for each batch element, keys partly visible',
      inputs: [
        [3, 2, 6],
        [3, 5, 6],
        [3, 5, 6],
        [2, 2, 4],
      ],
      compute: (tape, [query, key, value, bias]) => {
        const from = tape.ints(Int32Array.of(0, 1, 0, 3, 0, 0));
        const to = tape.ints(Int32Array.of(4, 3, 4, 3, 1, 2));
        return headAttention(tape, query, key, value, { heads: 2, factor: 0.5, visible: { from, to }, keys: 4, bias });
      },
    },
  ],
  headMix: [
    {
      title: 'two heads, more keys than queries',
      inputs: [
        [2, 2, 3, 4],
        [2, 4, 6],
      ],
      compute: (tape, [weights, value]) => headMix(tape, weights, value),
    },
  ],
  headScores: [
    {
      title: 'two heads, more keys than queries, a factor',
      inputs: [
        [2, 3, 6],
        [2, 4, 6],
      ],
      compute: (tape, [query, key]) => headScores(tape, query, key, 2, 0.5),
    },
  ],
  linear: [
    {
      title: 'a batch of rows',
      inputs: [
        [2, 3, 5],
        [4, 5],
      ],
      compute: (tape, [x, w]) => linear(tape, x, w),
    },
    {
      title: 'one weight twice',
      inputs: [
        [3, 4],
        [4, 4],
      ],
      compute: (t, [x, w]) => linear(t, linear(t, x, w), w),
    },
  ],
  multiply: [
    { title: 'two tensors', inputs: [[9], [9]], compute: (tape, [a, b]) => multiply(tape, a, b) },
    { title: 'a square', inputs: [[9]], compute: (tape, [a]) => multiply(tape, a, a) },
  ],
  rmsNorm: [{ title: 'rows of seven', inputs: [[2, 2, 7], [7]], compute: (tape, [x, w]) => rmsNorm(tape, x, w, 1e-6) }],
  rotate: [
    {
      title: 'two heads at scattered positions',
      inputs: [[3, 8]],
      compute: (tape, [x]) => {
        const { cosine, sine } = createRotaryTables(6, 4, 100);
        const positions = tape.ints(Int32Array.of(5, 0, 2));
        return rotate(tape, x, { cosine: tape.floats(cosine), sine: tape.floats(sine), positions }, 2);
      },
    },
  ],
  scale: [{ title: 'by a negative factor', inputs: [[6]], compute: (tape, [x]) => scale(tape, x, -1.7) }],
  sum: [{ title: 'of a square', inputs: [[6]], compute: (tape, [x]) => sum(tape, multiply(tape, x, x)) }],
};

/** x, moved from 0 by that much. */
function away(x: number, distance: number): number {
  return x < 0 ? x - distance : x + distance;
}

describe.each(KERNEL_NAMES)('gradients on %s kernels', (name) => {
  const kernels = createKernels(name);
  describe.each(PRIMITIVES)('%s', (primitive) => {
    it.each(CASES[primitive])('equals differences: $title', ({ inputs, compute, awayFromZero = 0 }) => {
      const random = new Random(`gradients of ${primitive}`);
      const values = inputs.map((shape) => ({
        shape,
        values: Float32Array.from({ length: elementCount(shape) }, () => away(random.normal(), awayFromZero)),
      }));
      let recorded: readonly PrimitiveName[] = [];
      const observed: Computation = (tape, variables) => {
        const output = compute(tape, variables);
        if (tape.mode === 'record') recorded = tape.recorded;
        return output;
      };
      for (let direction = 0; direction < 3; direction++) {
        const checks = gradientCheck(kernels, observed, values, random);
        expect(checks.filter((check) => !gradientsAgree(check)).map(describeGradientCheck)).toEqual([]);
      }
      expect(recorded).toContain(primitive);
    });
  });
});

describe('gradientCheck', () => {
  it('catches a derivative that is one percent off', () => {
    const kernels = createKernels('scalar');
    const wrong: Computation = (tape, [x]) => {
      const out = tape.variable(x.shape);
      kernels.scale(out.data, x.data, 2);
      return tape.record('scale', out, (dOut) => kernels.addScaled(tape.gradient(x), dOut, 2.02));
    };
    const checks = gradientCheck(kernels, wrong, [{ shape: [8], values: new Float32Array(8).fill(1) }], new Random(3));
    expect(checks.every(gradientsAgree)).toBe(false);
  });
});
