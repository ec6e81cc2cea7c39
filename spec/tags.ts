/**
 * What is special about an input, computed from the input itself: so that a verdict can say which sort of numbers an
 * implementation fails on, and a program that flushes denormals is judged fairly.
 *
 * @module
 */
import type { Format } from './oracle/formats.ts';
import { isDenormal } from './oracle/formats.ts';

export const TAGS = [
  'zero',
  'negative-zero',
  'denormal',
  'infinite',
  'tie',
  'unmoved',
  'all-zero-silo',
  'silo-of-one',
  'everything',
] as const;

/**
 * `tie`: two distances, or two moves from the seed, are the same; `unmoved`: a candidate equals its seed;
 * `everything`: ε = 1. The others say what they mean.
 */
export type Tag = (typeof TAGS)[number];

/** The tags of a request, of whatever operation. */
export function tagsOf(input: unknown, format: Format): Tag[] {
  const fields = new Map<string, unknown>(typeof input === 'object' && input !== null ? Object.entries(input) : []);
  const vector = (name: string): number[] => numbersIn(fields.get(name));
  const [seed, candidate, silos] = [vector('seed'), vector('candidate'), vector('silos')];
  const all = ['seed', 'candidate', 'distances', 'parameters', 'gradients', 'a', 'b'].flatMap(vector);
  const moves = candidate.map((value, i) => Math.abs(value - seed[i])).concat(vector('distances'));
  let offset = 0;
  const parts = silos.map((length) => seed.slice(offset, (offset += length)));

  const has: Record<Tag, boolean> = {
    zero: all.some((x) => Object.is(x, 0)),
    'negative-zero': all.some((x) => Object.is(x, -0)),
    denormal: all.some((x) => isDenormal(format, x)),
    infinite: all.some((x) => Math.abs(x) === Infinity),
    tie: new Set(moves).size < moves.length,
    unmoved: candidate.some((value, i) => value === seed[i]),
    'all-zero-silo': parts.some((part) => part.length > 0 && part.every((x) => x === 0)),
    'silo-of-one': silos.includes(1),
    everything: fields.get('epsilon') === 1,
  };
  return TAGS.filter((tag) => has[tag]);
}

/** All numbers of a list, or of a list of lists. */
function numbersIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return typeof value === 'number' ? [value] : [];
}
