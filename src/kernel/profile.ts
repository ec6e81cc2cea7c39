/**
 * Where the time of a training step goes: kernels that look at the clock around each call. Nothing is timed unless
 * kernels are wrapped, and a wrapped kernel does what the plain one does, to the bit.
 *
 * @module
 */
import type { Kernels } from './kernels.ts';

/** What a step is made of; `other` is what is left: bookkeeping, batches, checks. */
export const PROFILE_GROUPS = ['matmul', 'attention', 'elementwise', 'optimizer', 'DST', 'other'] as const;
export type ProfileGroup = (typeof PROFILE_GROUPS)[number];

/** One group's part. */
export interface ProfileRow {
  readonly group: ProfileGroup;
  /** Milliseconds a step. */
  readonly milliseconds: number;
  /** Of the step, in [0, 1]. */
  readonly share: number;
}

/** The whole, as `dst train --profile --json` prints it. */
export interface ProfileTable {
  /** How many steps were timed. */
  readonly steps: number;
  /** Milliseconds a step: the sum of the rows'. */
  readonly milliseconds: number;
  readonly rows: readonly ProfileRow[];
}

/**
 * A stop watch with one hand: at any moment of a step exactly one group is charged, so the groups' times sum to the
 * step's. Within {@link Profile.within} the kernels are charged to its group, whatever they are.
 *
 * @example
 * ```ts
 * const profile = new Profile();
 * const timed = profile.kernels(kernels);
 * const x = timed.memory.copyOf([3, 4]);
 * profile.step(() => timed.sumOfSquares(x)); // 25
 * profile.table().steps; // 1
 * ```
 */
export class Profile {
  readonly #now: () => number;
  readonly #charged = new Map<ProfileGroup, number>();
  #current: ProfileGroup | null = null;
  #since = 0;
  #steps = 0;

  /** @param now - the clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Times `body` as one step. */
  step<T>(body: () => T): T {
    this.#steps += 1;
    return this.#charge('other', body);
  }

  /** Charges `body` to `group`, if a step is under way; what is charged to another group within it is left out. */
  within<T>(group: ProfileGroup, body: () => T): T {
    return this.#current === null ? body() : this.#charge(group, body);
  }

  /** The same kernels, timed if nothing else is charged. */
  kernels(plain: Kernels): Kernels {
    const timed =
      <A extends readonly unknown[], R>(group: ProfileGroup, run: (...args: A) => R) =>
      (...args: A): R =>
        this.#current === 'other' ? this.#charge(group, () => run(...args)) : run(...args);
    const { name, memory, threads, allocate, accepts } = plain;
    const matmul = timed('matmul', plain.matmul);
    const batchedMatmul = timed('attention', plain.matmul);
    return {
      name,
      memory,
      threads,
      allocate,
      accepts,
      // Products head by head, in batches, are attention's.
      matmul: (out, a, b, shape) => (shape.batches === undefined ? matmul : batchedMatmul)(out, a, b, shape),

      zero: timed('elementwise', plain.zero),
      add: timed('elementwise', plain.add),
      multiply: timed('elementwise', plain.multiply),
      scale: timed('elementwise', plain.scale),
      addScaled: timed('elementwise', plain.addScaled),
      addProduct: timed('elementwise', plain.addProduct),
      sum: timed('elementwise', plain.sum),
      sumOfSquares: timed('elementwise', plain.sumOfSquares),
      dot: timed('elementwise', plain.dot),

      rmsNorm: timed('elementwise', plain.rmsNorm),
      rmsNormBackward: timed('elementwise', plain.rmsNormBackward),
      gated: timed('elementwise', plain.gated),
      gatedBackward: timed('elementwise', plain.gatedBackward),
      gather: timed('elementwise', plain.gather),
      gatherBackward: timed('elementwise', plain.gatherBackward),
      crossEntropy: timed('elementwise', plain.crossEntropy),
      crossEntropyWithGradient: timed('elementwise', plain.crossEntropyWithGradient),

      attention: timed('attention', plain.attention),
      attentionBackward: timed('attention', plain.attentionBackward),
      rotate: timed('attention', plain.rotate),
      softmax: timed('attention', plain.softmax),
      softmaxBackward: timed('attention', plain.softmaxBackward),

      decaySquares: timed('optimizer', plain.decaySquares),
      decayFactoredSquares: timed('optimizer', plain.decayFactoredSquares),
      divideByRoot: timed('optimizer', plain.divideByRoot),
      scaleRowsAndColumns: timed('optimizer', plain.scaleRowsAndColumns),
      decayMean: timed('optimizer', plain.decayMean),

      candidate: timed('DST', plain.candidate),
      distance: timed('DST', plain.distance),
      countAbove: timed('DST', plain.countAbove),
      orderStatistic: timed('DST', plain.orderStatistic),
      project: timed('DST', plain.project),
      countDifferent: timed('DST', plain.countDifferent),
      firstNotFinite: timed('other', plain.firstNotFinite),
    };
  }

  /** Where the time went so far. */
  table(): ProfileTable {
    const steps = Math.max(1, this.#steps);
    const total = [...this.#charged.values()].reduce((sum, ms) => sum + ms, 0);
    const rows = PROFILE_GROUPS.map((group): ProfileRow => {
      const ms = this.#charged.get(group) ?? 0;
      return { group, milliseconds: ms / steps, share: total === 0 ? 0 : ms / total };
    });
    return { steps: this.#steps, milliseconds: total / steps, rows };
  }

  #charge<T>(group: ProfileGroup, body: () => T): T {
    const before = this.#current;
    this.#turnTo(group);
    try {
      return body();
    } finally {
      this.#turnTo(before);
    }
  }

  /** Charges what has passed since the last turn to the group that was charged, and begins to charge another. */
  #turnTo(group: ProfileGroup | null): void {
    const now = this.#now();
    if (this.#current !== null)
      this.#charged.set(this.#current, (this.#charged.get(this.#current) ?? 0) + now - this.#since);
    this.#since = now;
    this.#current = group;
  }
}
