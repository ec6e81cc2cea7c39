/** A thread that dies ends the run with a clear error, wherever it was, and never with a wait for ever. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput, Unavailable } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import type { KernelName } from '../../../src/kernel/kernels.ts';
import { Memory } from '../../../src/kernel/memory.ts';
import { createSimdKernels } from '../../../src/kernel/simd.ts';
import { closeThreads, workerPoolOf } from '../../../src/kernel/threads/workerPool.ts';
import { HELPER_SOURCE } from '../../../src/kernel/threads/source.ts';

/** The smallest module there is: "\0asm", version 1. */
const NOTHING = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
/** A helper that takes a chunk of the first job it sees, and then dies as `last` says. OPEN is the first word. */
const taking = (last: string): string =>
  HELPER_SOURCE.replace(
    /const \{ exports \}[^]*serve\(thread\);/,
    `while (Atomics.load(words, 0) <= 0 || Atomics.sub(words, 0, 1) <= 0); ${last}`,
  );

let memory: Memory;
const memories: Memory[] = [];
beforeEach(() => {
  memory = new Memory();
  memories.push(memory);
});
afterAll(async () => {
  await Promise.all(memories.map(closeThreads));
});

/** Products with that helper in the place of ours, until one of them throws. */
function multiplyWith(source: string): () => void {
  workerPoolOf(memory).grow(1, NOTHING, memory.wasm, source);
  const kernels = createSimdKernels(memory, 2, 0);
  const [a, b, out] = [1, 1, 0].map((value) => memory.floats(260 * 260).fill(value));
  return () => {
    for (;;) kernels.matmul(out, a, b, { m: 260, n: 260, k: 260 });
  };
}

const EXPECTED = 'thread 1: expected it to work until the end of the process, got';

describe('a helper that dies', () => {
  it('with a chunk in hand, by an error: the kernel that waits for it throws its last words', () => {
    const call = multiplyWith(taking(`throw new Error('out of bounds');`));
    expect(call).toThrow(Unavailable);
    expect(call).toThrow(`${EXPECTED} Error: out of bounds`);
  });

  it('with a chunk in hand, without a word: the kernel notices that it is gone', (context) => {
    if (!existsSync('/proc/thread-self')) context.skip('needs /proc, which tells whether a thread lives');
    expect(multiplyWith(taking('process.exit(0);'))).toThrow(new Unavailable(`${EXPECTED} its end`));
  });

  it('between two kernels: the next one throws', async () => {
    workerPoolOf(memory).grow(1, NOTHING, memory.wasm, 'process.exit(7)');
    const kernels = createSimdKernels(memory, 2, 0);
    const x = memory.floats(1000).fill(1);
    const call = (): void => kernels.add(x, x, x);
    let caught: unknown;
    for (let tries = 0; tries < 1000 && caught === undefined; tries++) {
      await sleep(10);
      try {
        call();
      } catch (error) {
        caught = error;
      }
    }
    expect(caught).toEqual(new Unavailable(`${EXPECTED} its end with code 7`));
    expect(call).toThrow(Unavailable);
    // A kernel on one thread has nobody to miss.
    createSimdKernels(memory, 1).scale(x, x, 0);
    expect(x[0]).toBe(0);
  });
});

describe('createKernels, threads', () => {
  it.each([
    ['simd', 0, 'a whole number from 1 to 32'],
    ['simd', 1.5, 'a whole number from 1 to 32'],
    ['simd', NaN, 'a whole number from 1 to 32'],
    ['simd', 33, 'a whole number from 1 to 32'],
    ['scalar', 2, '1 with the scalar kernels, which are the definition'],
  ] satisfies [KernelName, number, string][])('%s refuses %d', (name, threads, expected) => {
    const call = () => createKernels(name, memory, { threads });
    expect(call).toThrow(InvalidInput);
    expect(call).toThrow(`threads: expected ${expected}, got ${threads}`);
    expect(workerPoolOf(memory).size).toBe(0);
  });

  it('is one thread unless asked, and starts nobody then', () => {
    expect(createKernels('simd', memory).threads).toBe(1);
    expect(createKernels('scalar', memory, { threads: 1 }).threads).toBe(1);
    expect(workerPoolOf(memory).size).toBe(0);
    expect(createKernels('simd', memory, { threads: 3 }).threads).toBe(3);
    expect(createKernels('simd', memory, { threads: 2 }).threads).toBe(2);
    expect(workerPoolOf(memory).size).toBe(2);
  });
});
