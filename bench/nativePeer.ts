/**
 * What the machine can do without us: loops in C (bench/peers/native.c, product.c), compiled if there is a compiler.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import type { Contestant } from './contestant.ts';
import {
  NATIVE_COUNT,
  NATIVE_PEAKS,
  NATIVE_PRODUCT,
  NATIVE_STEPS,
  type NativePeak,
  type NativeStep,
} from './peakNames.ts';
import { findPython, type Peer, type PeerDefinition } from './peers.ts';
import type { ProductShape } from './matmul/products.ts';

const ITERATIONS = 200_000;

/** The clock that the contestants beside are measured by. */
export type Clock = 'wall' | 'cpu';

export const NATIVE: PeerDefinition = {
  peer: 'native',
  threads: 1,
  find: () => {
    if (process.arch !== 'x64') return 'its loops are written for x86-64';
    if (spawnSync('cc', ['--version']).status !== 0) return 'no C compiler here: no program cc';
    const program = findPython('ctypes');
    return program === undefined ? 'no python3 here' : { program, script: 'native.py' };
  },
};

/** A loop in registers. */
export function nativePeak(native: Peer, work: NativePeak, clock: Clock): Contestant {
  const { name, flops } = NATIVE_PEAKS[work];
  return native.contestant(name, { work, n: ITERATIONS, clock }, flops * ITERATIONS);
}

/** A step of DST on n parameters; in milliseconds of CPU. */
export function nativeStep(native: Peer, work: NativeStep, n: number): Contestant {
  return native.contestant(NATIVE_STEPS[work], { work, n, clock: 'cpu' });
}

/** One counting pass over n distances, in milliseconds of CPU. */
export function nativeCount(native: Peer, n: number): Contestant {
  return native.contestant(NATIVE_COUNT, { work: 'count_above', n, clock: 'cpu' });
}

/** A matrix product, on one thread. */
export function nativeProduct(native: Peer, shape: ProductShape, clock: Clock): Contestant {
  return native.contestant(NATIVE_PRODUCT, { work: 'product', ...shape, clock });
}

/** That many e^x, in milliseconds of CPU. */
export function nativeExponentials(native: Peer, n: number): Contestant {
  return native.contestant(NATIVE_PRODUCT, { work: 'exponentials', n: 4 * Math.floor(n / 4), clock: 'cpu' });
}

/** One pass over n parameters and their gradient, in milliseconds of CPU. */
export function nativeDescent(native: Peer, n: number): Contestant {
  return native.contestant(NATIVE_PRODUCT, { work: 'descend', n, clock: 'cpu' });
}
