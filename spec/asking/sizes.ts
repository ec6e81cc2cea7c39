/**
 * The sizes that a run asks: those around powers of two, at which vectors, blocks and buffers end.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Capabilities, Operation } from '../implementation.ts';
import { FORMATS } from '../oracle/formats.ts';
import type { Format } from '../oracle/formats.ts';

/** The powers of two on either side of which a run asks. */
const ENDS = [16, 32, 64, 128, 256, 1024] as const;

/** A place and its neighbours: 15, 16, 17, 31, … 1025. */
export const EDGES: readonly number[] = ENDS.flatMap((end) => [end - 1, end, end + 1]);

/** One above what sixteen bits count to. */
export const LARGE = 2 ** 16 + 1;

/** The sizes that every run asks of each operation. */
export const SIZES: readonly number[] = [...EDGES, LARGE];

/** A hundred silos and thirty steps are asked for as well. */
export const MANY_SILOS = 100;
export const MANY_STEPS = 30;

/**
 * Whether a mean of n numbers has a bound, in any order: (n + 3) units of relative error, which is no bound at all if
 * it nears 1. Eight bits reach 29, 24 bits two millions.
 */
export function hasMean(size: number, { epsilon }: Format): boolean {
  return (size + 3) * epsilon <= 1 / 4;
}

export function sizesOfMeans(format: Format): readonly number[] {
  return SIZES.filter((size) => hasMean(size, format));
}

/** The sizes that are asked: AdaFactor's means have no bound at those that the format is too coarse for. */
export function sizesOf(operation: Operation, { dtype, optimizers }: Capabilities): readonly number[] {
  switch (operation) {
    case 'silos':
      return [];
    case 'distance':
    case 'threshold':
    case 'project':
    case 'overlap':
      return SIZES;
    case 'optimize':
    case 'train':
      return optimizers.includes('sgd') ? SIZES : sizesOfMeans(FORMATS[dtype]);
  }
}

/** Sizes in turn, each twice; the large one once, so that its bytes do not count. */
export function sizesInTurn(sizes: readonly number[] = SIZES): readonly number[] {
  return [...sizes, ...sizes.filter((size) => size !== LARGE)];
}

/** Of a law about sizes: a run of 150 inputs asks each of them. */
export const WEIGHT_OF_SIZES = 4;

/** One size; made smaller, it is any from 1 on. */
class Sized extends fc.Arbitrary<number> {
  readonly #size: number;
  readonly #smaller: Arbitrary<number>;

  constructor(size: number) {
    super();
    this.#size = size;
    this.#smaller = fc.integer({ min: 1, max: size });
  }

  override generate(): fc.Value<number> {
    return new fc.Value(this.#size, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is number {
    return this.#smaller.canShrinkWithoutContext(value);
  }

  override shrink(value: number, context: unknown): fc.Stream<fc.Value<number>> {
    return this.#smaller.shrink(value, context);
  }
}

export function sized(size: number): Arbitrary<number> {
  return new Sized(size);
}

/** What a long vector is made from: cheap to draw, and to make smaller. */
export interface Recipe {
  readonly size: number;
  readonly salt: number;
}

export function recipes(size: number): Arbitrary<Recipe> {
  return fc.record({ size: sized(size), salt: fc.nat(1000) });
}

/** Halves between −4 and 4, the same for the same recipe and stream; nothing rounds on them, and they tie often. */
export function halves({ size, salt }: Recipe, stream: number): number[] {
  return Array.from({ length: size }, (_, i) => ((mix(i, 1000 * stream + salt) % 17) - 8) / 2);
}

/** The same without 0, so that they can be divided by. */
export function halvesButZero(recipe: Recipe, stream: number): number[] {
  return halves(recipe, stream).map((x) => (x === 0 ? 4.5 : x));
}

/** As many silos as the recipe's size, of one to four elements each. */
export function smallSilos({ size, salt }: Recipe): number[] {
  return Array.from({ length: size }, (_, i) => 1 + (mix(i, salt) % 4));
}

/** A number from 0 to 2³² − 1 that looks like chance: the finalizer of MurmurHash3. */
function mix(i: number, salt: number): number {
  let h = Math.imul(i + 1, 0x9e37_79b1) ^ Math.imul(salt + 1, 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
