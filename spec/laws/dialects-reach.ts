/**
 * How far the dialects of AdaFactor reach: from which size they factor if nothing is said, and what has come of a relative
 * step and of β₂ after thousands of steps.
 *
 * @module
 */
import fc from 'fast-check';
import { optimizerFactors } from '../asking/factors.ts';
import { DIALECTS } from '../implementation.ts';
import type { Dialect, OptimizerChoice } from '../implementation.ts';
import { FORMATS } from '../oracle/formats.ts';
import { defaultsOf, PROGRAMS } from '../oracle/programs.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';
import { accepts, base, judgeEveryUpdate, requests, vectors } from './optimized.ts';
import type { Request } from './optimized.ts';

/** Both keep what is asked plain: the step is the update's alone. */
const PLAIN = { name: 'adafactor', learningRate: 0.5, multiplyByParameterScale: false, momentum: null } as const;

/** A default run has 150 inputs: this one is asked once. */
const ONCE = 150;

/** t^−½ is less than 0.01 from step 10,001 on, 1 − t^−0.8 more than 0.999 from step 5,624 on; and then clearly so. */
const STEPS = 12_000;

/** An optimizer, and how many steps it takes. */
interface Course {
  readonly optimizer: OptimizerChoice;
  readonly steps: number;
}

/** One element, whose gradient turns at each step, so that θ stays small; a large one near the end shows how much v forgets. */
function follow({ optimizer, steps }: Course): Request {
  const gradient = (t: number): number => (t === steps - 3 ? 64 : t % 2 === 0 ? 1 : -1);
  return { optimizer, parameters: [1], shape: [1], gradients: Array.from({ length: steps }, (_, t) => [gradient(t)]) };
}

/** With a relative step, if the dialect has one. */
export function courseOf(dialect: Dialect, steps: number): Course {
  const relative = optimizerFactors(dialect).relativeStep.length > 1 ? { relativeStep: true } : {};
  return { optimizer: { ...PLAIN, dialect, ...relative }, steps };
}

function afterThousandsOfSteps(dialect: Dialect): Law<Course> {
  return defineLaw({
    ...base,
    id: `${dialect}/after-thousands-of-steps`,
    claim: 'After thousands of steps a relative step is t^−½, and β₂ is its cap.',
    accepts,
    kind: 'ruling',
    needs: { optimizer: 'adafactor', dialect },
    weight: ONCE,
    inputs: () => fc.constant(courseOf(dialect, STEPS)),
    check: (subject, course) => judgeEveryUpdate(subject, follow(course)),
  });
}

/** The element with the large gradient: its row and its column tell whether the second moments are factored. */
interface Corner {
  readonly large: number;
}

function factorsByDefault(dialect: Dialect): Law<Corner> {
  const { minDimSizeToFactor: size } = defaultsOf(PROGRAMS[dialect], FORMATS.float32);
  return defineLaw({
    ...base,
    id: `${dialect}/factors-from-${size}-by-default`,
    claim: `Without an option a matrix of ${size} × ${size} is factored and one of ${size - 1} × ${size} is not.`,
    accepts,
    kind: 'ruling',
    needs: { optimizer: 'adafactor', dialect },
    weight: 50,
    inputs: () => fc.record({ large: fc.integer({ min: 0, max: (size - 1) * size - 1 }) }),
    async check(subject, { large }) {
      for (const rows of [size - 1, size]) {
        const gradient = Array.from({ length: rows * size }, (_, i) => (i === large ? 16 : 1));
        const violation = await judgeEveryUpdate(subject, {
          optimizer: { ...PLAIN, dialect },
          parameters: gradient.map(() => 1),
          shape: [rows, size],
          gradients: [gradient],
        });
        if (violation !== undefined) return { ...violation, at: `${rows} × ${size}, ${violation.at ?? ''}` };
      }
      return undefined;
    },
  });
}

/** 4 · 0.875 takes three and a half times θ: two and a half times its size is left. */
const decayBeyondAllOfTheta = defineLaw({
  ...base,
  id: 'keras/scale-is-that-of-what-decay-leaves',
  claim: 'The parameter scale is the RMS of what weight decay leaves of θ, even if it takes more than the whole.',
  accepts,
  kind: 'ruling',
  needs: { optimizer: 'adafactor', dialect: 'keras' },
  inputs: (capabilities) =>
    requests(capabilities, {
      shapes: vectors(),
      choice: fc.constant({ dialect: 'keras', weightDecay: 0.875, learningRate: 4 }),
      steps: { minLength: 1, maxLength: 2 },
    }),
  check: judgeEveryUpdate,
});

/** Those that have a relative step, or a cap on β₂. */
export const LASTING = DIALECTS.filter((dialect) => {
  const { relativeStep, beta2Cap } = optimizerFactors(dialect);
  return relativeStep.length > 1 || beta2Cap.length > 1;
});

/** Those that have a size from which they factor; t5x's law is a file of its own. */
const SIZED = DIALECTS.filter(
  (dialect) => dialect !== 't5x' && optimizerFactors(dialect).minDimSizeToFactor.length > 1,
);

/** The laws of this file. */
export const laws: readonly Law[] = [
  ...LASTING.map((dialect): Law => afterThousandsOfSteps(dialect)),
  decayBeyondAllOfTheta,
  ...SIZED.map((dialect): Law => factorsByDefault(dialect)),
];
