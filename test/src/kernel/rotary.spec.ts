import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../run/runs.ts';
import { arrayOf, BOTH, bits, expectWithin, floats, gamma, inArena, ints, moderate, unset } from './both.ts';

describe.each(BOTH)('rotate, $name of $threads', (kernels) => {
  const cases = fc
    .record({
      rows: fc.integer({ min: 0, max: 3 }),
      heads: fc.integer({ min: 1, max: 3 }),
      half: fc.integer({ min: 1, max: 9 }),
    })
    .chain(({ rows, heads, half }) =>
      fc.record({
        heads: fc.constant(heads),
        half: fc.constant(half),
        x: arrayOf(moderate, rows * heads * half * 2),
        before: arrayOf(moderate, rows * heads * half * 2),
        angles: arrayOf(fc.double({ min: -7, max: 7, noNaN: true }), 5 * half),
        positions: arrayOf(fc.integer({ min: 0, max: 4 }), rows),
      }),
    );

  it('turns each pair by its angle, and direction −1 turns it back', () => {
    fc.assert(
      fc.property(cases, ({ heads, half, x, angles, positions }) =>
        inArena(() => {
          const [cosine, sine] = [floats(angles.map(Math.cos)), floats(angles.map(Math.sin))];
          const [out, back] = [unset(x.length), unset(x.length)];
          kernels.rotate(out, floats(x), cosine, sine, ints(positions), heads, 2 * half, 1, false);
          expectWithin(out, (i) => {
            const j = i % (2 * half);
            const angle = positions[Math.floor(i / (2 * half * heads))] * half + (j % half);
            const [c, s] = [cosine[angle], sine[angle]];
            const [own, other] = [x[i], x[j < half ? i + half : i - half]];
            const wanted = own * c + (j < half ? -other * s : other * s);
            return [wanted, gamma(2) * (Math.abs(own * c) + Math.abs(other * s)) + 2 ** -147];
          });
          kernels.rotate(back, out, cosine, sine, ints(positions), heads, 2 * half, -1, false);
          // cos² + sin² of rounded tables is 1 within 4 units; each pass adds 2 roundings of sums below 8.
          expectWithin(back, (i) => [x[i], gamma(8) * 16]);
        }),
      ),
      { numRuns: runs(100) },
    );
  });

  it('adds where asked to, and may work in place', () => {
    fc.assert(
      fc.property(cases, ({ heads, half, x, before, angles, positions }) =>
        inArena(() => {
          const [cosine, sine, at] = [floats(angles.map(Math.cos)), floats(angles.map(Math.sin)), ints(positions)];
          const [apart, added, inPlace] = [unset(x.length), floats(before), floats(x)];
          kernels.rotate(apart, floats(x), cosine, sine, at, heads, 2 * half, 1, false);
          kernels.rotate(added, floats(x), cosine, sine, at, heads, 2 * half, 1, true);
          kernels.rotate(inPlace, inPlace, cosine, sine, at, heads, 2 * half, 1, false);
          expect(bits(inPlace)).toEqual(bits(apart));
          expect(bits(added)).toEqual(bits(apart.map((v, i) => before[i] + v)));
        }),
      ),
      { numRuns: runs(50) },
    );
  });

  it('refuses a position outside its tables', () => {
    inArena(() => {
      const call = () => kernels.rotate(unset(2), unset(2), unset(3), unset(3), ints([3]), 1, 2, 1, false);
      expect(call).toThrow('kernel.rotate: expected index[0] in [0, 3), got 3');
    });
  });
});
