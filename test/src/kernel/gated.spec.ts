import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type Activation } from '../../../src/kernel/kernels.ts';
import { runs } from '../../run/runs.ts';
import { normalProbability } from '../nn/formulas.ts';
import { anyFloat, BOTH, bits, expectWithin, floats, gamma, inArena, moderate, unset, vectors } from './both.ts';

describe.each(BOTH)('gated activations, $name of $threads', (kernels) => {
  const exact: Record<Activation, (x: number) => number> = {
    silu: (x) => x / (1 + Math.exp(-x)),
    relu: (x) => Math.max(x, 0),
    'gelu-exact': (x) => x * normalProbability(x),
    gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  };
  const slope = (kind: Activation, x: number): number => {
    // it has no derivative at 0, where it is given that of what lies below
    if (kind === 'relu') return x > 0 ? 1 : 0;
    return (exact[kind](x + 1e-5) - exact[kind](x - 1e-5)) / 2e-5;
  };

  it.each(ACTIVATIONS)('%s is its definition: 3 ulp of the logistic, |z| roundings of its argument', (kind) => {
    fc.assert(
      fc.property(vectors(2, moderate), ([gate, up]) =>
        inArena(() => {
          const out = unset(gate.length);
          kernels.gated(out, floats(gate), floats(up), kind);
          // An error of γ₅|z| in the logistic's argument is one of at most γ₅|z| relatively in the logistic; |z| ≤ 12.
          expectWithin(out, (i) => {
            const wanted = exact[kind](gate[i]) * up[i];
            return [wanted, gamma(8 + 5 * 12) * Math.abs(wanted) + 2 ** -147];
          });
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it.each(ACTIVATIONS)('%s adds its derivative', (kind) => {
    fc.assert(
      fc.property(vectors(4, moderate), ([gate, up, dOut, before]) =>
        inArena(() => {
          const [dGate, dUp] = [floats(before), floats(before)];
          kernels.gatedBackward(dGate, dUp, floats(dOut), floats(gate), floats(up), kind, true);
          // Central differences over 2e-5 are good to about 1e-9, far below float32's unit times these sizes.
          expectWithin(dUp, (i) => [before[i] + dOut[i] * exact[kind](gate[i]), gamma(80) * 64]);
          expectWithin(dGate, (i) => [before[i] + dOut[i] * up[i] * slope(kind, gate[i]), gamma(80) * 64]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});

describe.each(BOTH)('the derivative of gated activations, $name', (kernels) => {
  it('is written, where it is not to be added, as it would be added to zeros', () => {
    fc.assert(
      fc.property(vectors(3, moderate), fc.constantFrom(...ACTIVATIONS), ([gate, up, dOut], kind) =>
        inArena(() => {
          const given = [floats(dOut), floats(gate), floats(up), kind] as const;
          const [written, added] = [unset, (n: number) => floats(new Float32Array(n))].map((start) => [
            start(gate.length),
            start(gate.length),
          ]);
          kernels.gatedBackward(written[0], written[1], ...given, false);
          kernels.gatedBackward(added[0], added[1], ...given, true);
          // + 0 turns −0, which is what a product with 0 may be, into +0.
          expect(written.map((x) => bits(x.map((v) => v + 0)))).toEqual(added.map(bits));
        }),
      ),
      { numRuns: runs(100) },
    );
  });
});

describe('gated, scalar and simd', () => {
  // e^x overflows at 88.7 and is 0 from −104 on.
  const gate = fc.oneof(
    fc.float({ min: -100, max: 100, noNaN: true }),
    anyFloat,
    fc.float({ min: 86, max: 105, noNaN: true }),
  );
  const either = fc.tuple(gate, fc.boolean()).map(([x, negative]) => (negative ? -x : x));

  it('agree to the bit', () => {
    fc.assert(
      fc.property(vectors(4, either), fc.constantFrom(...ACTIVATIONS), ([x, y, z, w], kind) =>
        inArena(() => {
          const results = BOTH.map((kernels) => {
            const [out, dGate, dUp] = [unset(x.length), floats(z), floats(w)];
            kernels.gated(out, floats(x), floats(y), kind);
            kernels.gatedBackward(dGate, dUp, out, floats(x), floats(y), kind, true);
            return [out, dGate, dUp].map(bits);
          });
          expect(results[1]).toEqual(results[0]);
        }),
      ),
      { numRuns: runs(200) },
    );
  });
});
