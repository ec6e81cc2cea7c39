import { describe, expect, it } from 'vitest';
import { Internal, InvalidInput } from '../../../src/errors.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import type { KernelName } from '../../../src/kernel/kernels.ts';
import { Memory, RESERVED_BYTES } from '../../../src/kernel/memory.ts';

describe('memory', () => {
  it('keeps every view valid while it grows', () => {
    const memory = new Memory();
    const first = memory.copyOf([1, 2, 3]);
    memory.floats(10_000_000);
    first[1] = 7;
    expect([...first]).toEqual([1, 7, 3]);
    expect(memory.owns(first)).toBe(true);
    expect(memory.owns(memory.floats(1))).toBe(true);
    expect(memory.owns(new Float32Array(3))).toBe(false);
    expect(memory.owns(new Memory().floats(3))).toBe(false);
  });

  it('hands out aligned views above the module’s part, and the same ones again after a release', () => {
    const memory = new Memory();
    const mark = memory.mark();
    const views = [1, 3, 5, 0, 4].map((length) => memory.floats(length));
    for (const { byteOffset } of views) {
      expect(byteOffset % 16).toBe(0);
      expect(byteOffset).toBeGreaterThanOrEqual(RESERVED_BYTES);
    }
    const counts = memory.ints(6);
    expect(memory.bytes).toBe(memory.peakBytes);
    memory.release(mark);
    expect(memory.bytes).toBe(0);
    expect(memory.peakBytes).toBeGreaterThan(0);
    expect([1, 3, 5, 0, 4].map((length) => memory.floats(length))).toEqual(views);
    expect(memory.floats(0)).toHaveLength(0);
    memory.release(mark);
    expect(() => memory.release(mark + 64)).toThrow(Internal);
    expect(counts).toHaveLength(6);
  });
});

describe('createKernels', () => {
  it('makes both kinds, over a memory of their own or a given one', () => {
    const memory = new Memory();
    expect(createKernels('simd', memory).memory).toBe(memory);
    expect(createKernels('scalar').name).toBe('scalar');
    expect(createKernels('simd').name).toBe('simd');
  });

  it('proposes the nearest name', () => {
    const [name] = ['smid'];
    const call = () => createKernels(name as KernelName);
    expect(call).toThrow(InvalidInput);
    expect(call).toThrow('kernels: expected one of scalar, simd, got "smid" (did you mean "simd"?)');
  });

  it('lets simd take views of its own memory alone, scalar any', () => {
    const ours = createKernels('simd');
    const x = ours.memory.copyOf([1, 2]);
    expect(() => ours.add(x, x, new Float32Array(2))).toThrow(Internal);
    expect(createKernels('scalar').sum(new Float32Array([1, 2]))).toBe(3);
  });

  it('keeps the module to its own part, however many values tie or lie in the band that was guessed', () => {
    const kernels = createKernels('simd');
    const above = kernels.memory.copyOf([1, 2, 3, 4]);
    const many = kernels.memory.floats(RESERVED_BYTES / 4).fill(1);
    expect(kernels.orderStatistic(many, 7).value).toBe(1);
    for (let i = 0; i < many.length; i++) many[i] = 1 + (i % 2 ** 16) * 2 ** -23;
    expect(kernels.orderStatistic(many, 7, 1).value).toBe(1);
    expect([...above]).toEqual([1, 2, 3, 4]);
  });

  it('works above 2 GiB, where offsets no longer fit a signed number', () => {
    const memory = new Memory();
    const kernels = createKernels('simd', memory);
    memory.floats(2 ** 29 + 2 ** 20);
    const [a, out] = [memory.copyOf([1, 2, 3, 4, 5]), memory.floats(5)];
    expect(a.byteOffset).toBeGreaterThan(2 ** 31);
    kernels.add(out, a, a);
    expect([...out]).toEqual([2, 4, 6, 8, 10]);
    kernels.matmul(out, a, a, { m: 2, n: 2, k: 2 });
    expect([...out]).toEqual([7, 10, 15, 22, 10]);
    expect(kernels.orderStatistic(a, 3).value).toBe(4);
  });
});
