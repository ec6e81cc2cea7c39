/**
 * AdaFactor's dialects against a second oracle, in another language: dialects.py states the published programs in NumPy, in
 * their own order of operations. And what each dialect refuses.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES, type Kernels } from '../../../src/kernel/kernels.ts';
import { adafactor, type AdafactorChoice } from '../../../src/optim/adafactor.ts';
import { DIALECT_NAMES, DIALECTS, type DialectName } from '../../../src/optim/dialects.ts';
import { FACTORINGS } from '../../../src/optim/factoring.ts';
import { elementCount } from '../../../src/tensor/shape.ts';

const PYTHON = ['/usr/bin/python3', 'python3'].find(hasNumPy);

function hasNumPy(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // Not there, or without NumPy: the test below says so.
    return error === undefined;
  }
}

interface Problem {
  readonly dialect: DialectName;
  readonly parameters: readonly number[];
  readonly shape: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly learningRate: number;
  readonly weightDecay?: number;
  readonly momentum?: number;
  readonly minDimSizeToFactor?: number;
}

/** Those that dialects.py does not restate; the programs themselves run in test/peers. */
const ELSEWHERE: readonly DialectName[] = ['keras', 'mlx', 'pytorch-optimizer', 'timm', 'big-vision'];
const RESTATED = DIALECT_NAMES.filter((dialect) => !ELSEWHERE.includes(dialect));

const SHAPES = [[7], [3, 4], [4, 3], [2, 3, 4], [1, 5]];

/** Twelve halves of a step of a multiplicative sequence: no chance, and no two alike. */
function numbers(count: number, start: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.fround((((i + start) * 7919) % 251) / 32 - 3.9));
}

function problems(): Problem[] {
  return RESTATED.flatMap((dialect) => {
    const { factoring, limits } = DIALECTS[dialect];
    return SHAPES.flatMap((shape, s) => {
      const size = elementCount(shape);
      const base = {
        dialect,
        shape,
        learningRate: 0.5,
        parameters: numbers(size, s),
        gradients: [1, 2, 3, 4].map((t) => numbers(size, 13 * t + s)),
        ...(FACTORINGS[factoring].hasMinimum ? { minDimSizeToFactor: 3 } : {}),
      };
      const momentum = limits.momentum?.holds(0.5) === false ? [] : [{ ...base, momentum: 0.5 }];
      return [base, { ...base, weightDecay: 0.25 }, ...momentum];
    });
  });
}

interface Answered {
  readonly updates: readonly (readonly number[])[];
  /** What torch's own makes of it, where torch has it. */
  readonly torch?: readonly (readonly number[])[];
}

function readAnswer(line: string): Answered {
  const answer: unknown = JSON.parse(line);
  if (isAnswered(answer)) return answer;
  throw new TypeError(`dialects.py: expected updates, got ${line}`);
}

function isAnswered(value: unknown): value is Answered {
  return typeof value === 'object' && value !== null && 'updates' in value && Array.isArray(value.updates);
}

/** The updates, θ being fully updated between them. */
function updatesOf(
  kernels: Kernels,
  { dialect, shape, parameters, gradients, learningRate, ...rest }: Problem,
): number[][] {
  const { memory } = kernels;
  const mark = memory.mark();
  const options: AdafactorChoice = { dialect, ...rest };
  const optimizer = adafactor(options);
  const state = optimizer.init(kernels, [{ name: 'w', shape, offset: 0 }]);
  const [theta, u, g] = [memory.copyOf(parameters), memory.floats(parameters.length), memory.floats(parameters.length)];
  const updates = gradients.map((gradient) => {
    g.set(gradient);
    optimizer.update(u, state, g, theta, learningRate);
    kernels.add(theta, theta, u);
    return [...u];
  });
  memory.release(mark);
  return updates;
}

describe.each(KERNEL_NAMES)('dialects on %s kernels', (name) => {
  it('are the published programs in NumPy', ({ skip }) => {
    if (PYTHON === undefined) skip('no python3 with NumPy here (Debian: python3-numpy)');
    const script = fileURLToPath(new URL('dialects.py', import.meta.url));
    const all = problems();
    const output = execFileSync(String(PYTHON), [script], {
      input: all.map((problem) => JSON.stringify(problem)).join('\n'),
      encoding: 'utf8',
    });
    const answers = output.trim().split('\n').map(readAnswer);
    expect(answers).toHaveLength(all.length);
    const kernels = createKernels(name);
    for (const [k, problem] of all.entries()) {
      const got = updatesOf(kernels, problem);
      for (const wanted of [answers[k].updates, answers[k].torch ?? answers[k].updates]) {
        for (const [t, update] of wanted.entries()) {
          // 8 roundings a step and element, of numbers no larger than 8 that four steps may carry on.
          const bound = 2 ** -23 * 8 * (t + 1) * (update.length + 8);
          for (const [i, u] of update.entries()) {
            expect(Math.abs(got[t][i] - u), `${JSON.stringify(problem)} step ${t + 1}, element ${i}`).toBeLessThan(
              bound,
            );
          }
        }
      }
    }
  });
});

describe('a dialect refuses what it does not have', () => {
  it.each<[AdafactorChoice, string]>([
    [{ dialect: 'torch', momentum: 0.9 }, 'momentum in this dialect: expected null'],
    [{ dialect: 'torch', multiplyByParameterScale: false }, 'multiplyByParameterScale in this dialect: expected true'],
    [
      { dialect: 'torch', clippingThreshold: 0.5 },
      'clippingThreshold in this dialect: expected a number of at least 1',
    ],
    [
      { dialect: 'torch', clippingThreshold: null },
      'clippingThreshold in this dialect: expected a number of at least 1',
    ],
    [{ dialect: 'huggingface', clippingThreshold: null }, 'clippingThreshold in this dialect: expected a number'],
    [{ dialect: 'praxis', minDimSizeToFactor: 128 }, 'minDimSizeToFactor in this dialect: expected null'],
    [{ dialect: 'keras', momentum: 0.9 }, 'momentum in this dialect: expected null'],
    [{ dialect: 'keras', relativeStep: true }, 'relativeStep in this dialect: expected false'],
    [{ dialect: 'mlx', beta2Cap: 0.9 }, 'beta2Cap in this dialect: expected null'],
    [{ dialect: 'pytorch-optimizer', beta2Cap: null }, 'beta2Cap in this dialect: expected a number'],
    [{ dialect: 'big-vision', multiplyByParameterScale: true }, 'multiplyByParameterScale in this dialect: expected'],
    [{ dialect: 'timm', minDimSizeToFactor: null }, 'minDimSizeToFactor: expected a whole number of at least 1'],
    [{ dialect: 'optax', minDimSizeToFactor: null }, 'minDimSizeToFactor: expected a whole number of at least 1'],
  ])('%j', (options, message) => {
    expect(() => adafactor(options)).toThrow(message);
  });
});
