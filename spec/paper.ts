/**
 * The paper on one page (`src/paper.ts`) behind the interface that the laws call, in either number format. The page
 * states no optimizer and refuses nothing: the literal ones are given to it, and what cannot be meant is refused here.
 *
 * @module
 */
import { InvalidInput, wrong } from '../src/errors.ts';
import { oneOf } from '../src/kinds.ts';
import * as paper from '../src/paper.ts';
import type { Silo, Threshold, Tuning, Vector } from '../src/paper.ts';
import { answering, DIALECTS, DISTANCE_KINDS, METHODS, OPTIMIZERS, sizeOf } from './implementation.ts';
import type {
  Answer,
  Capabilities,
  DistanceKind,
  Implementation,
  OptimizerChoice,
  Requests,
  ThresholdChoice,
} from './implementation.ts';
import { createOptimizer, LITERAL_OPTIMIZER } from './mutants/optimizers.ts';
import { FORMATS } from './oracle/formats.ts';

/** The number formats that a vector of the page may have. */
export type PaperDtype = 'float32' | 'float64';

/** Table 1 by name. */
export const DISTANCES: Readonly<Record<DistanceKind, paper.Distance>> = {
  absolute: paper.absolute,
  relative: paper.relative,
  'inverse-relative': paper.inverseRelative,
};

export function createPaper(dtype: PaperDtype): Implementation {
  const vector = (values: readonly number[]): Vector =>
    dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  const capabilities: Capabilities = {
    name: `the paper on one page, ${dtype}`,
    version: '1',
    language: 'TypeScript',
    dtype,
    operations: ['distance', 'threshold', 'project', 'overlap', 'optimize', 'train'],
    distances: DISTANCE_KINDS,
    thresholds: METHODS,
    silos: [],
    optimizers: OPTIMIZERS,
    dialects: DIALECTS,
  };

  /** The literal optimizer of each tensor, over the flat vectors. */
  function optimizerOf(choice: OptimizerChoice, shapes: readonly (readonly number[])[]): Tuning['optimizer'] {
    const name = oneOf(OPTIMIZERS)(choice.name, 'optimizer');
    const dialect = oneOf(DIALECTS)(choice.dialect ?? 't5x', 'optimizer.dialect');
    const { round, epsilon } = FORMATS[dtype];
    const tensors = consecutive(shapes.map(sizeOf)).map(([from, to], i) => {
      const optimizer = createOptimizer(choice, shapes[i], { round, epsilon, name, dialect }, LITERAL_OPTIMIZER);
      return { from, to, optimizer };
    });
    return (u, g, theta) => {
      for (const { from, to, optimizer } of tensors) {
        u.set(optimizer.update([...g.subarray(from, to)], [...theta.subarray(from, to)]), from);
      }
    };
  }

  /** What `project` and `train` ask for, and the thresholds before the first step: 1 if none are given (amb-19). */
  function tuningOf(
    { silos, distance, previous, ...choice }: Omit<Requests['project'], 'candidate'>,
    theta0: Vector,
    optimizer: Tuning['optimizer'],
  ): { readonly tuning: Tuning; readonly tau: Vector } {
    const threshold = thresholdOf(choice);
    const { epsilon } = choice;
    const sum = silos.reduce((total, length) => total + length, 0);
    checkLength('silos', sum, theta0.length);
    const tau = vector(previous ?? silos.map(() => 1));
    checkLength('previous', tau.length, silos.length);
    const tuning = { theta0, silos: consecutive(silos), epsilon, optimizer, distance: distanceOf(distance), threshold };
    return { tuning, tau };
  }

  const refusing = <Input, Output>(operation: (input: Input) => Output): ((input: Input) => Answer<Output>) =>
    answering(operation, InvalidInput);

  return {
    capabilities,

    silos: () => ({ skip: 'the page takes silos as they are' }),

    distance: refusing(({ kind, seed, candidate }: Requests['distance']) => {
      checkLength('candidate', candidate.length, seed.length);
      const [delta, theta0] = [vector(seed), vector(seed)];
      distanceOf(kind)(delta, vector(candidate), theta0, theta0);
      return { distances: [...delta] };
    }),

    threshold: refusing(({ distances, previous = 1, ...choice }: Requests['threshold']) => {
      if (distances.length === 0) throw wrong('distances', 'at least one', 'none');
      if (!distances.every((delta) => delta >= 0)) throw wrong('distances', 'numbers from 0', distances.join(', '));
      const tau = vector([previous]);
      thresholdOf(choice)(tau, 0, vector(distances), choice.epsilon);
      return { threshold: tau[0] };
    }),

    project: refusing(({ seed, candidate, ...request }: Requests['project']) => {
      checkLength('candidate', candidate.length, seed.length);
      checkFinite('seed', seed);
      checkFinite('candidate', candidate);
      const theta0 = vector(seed);
      const { tuning, tau } = tuningOf({ seed, ...request }, theta0, () => undefined);
      const theta = theta0.slice();
      paper.projectSilos(theta, tau, vector(candidate), tuning);
      return { parameters: [...theta], thresholds: [...tau] };
    }),

    overlap: refusing(({ seed, a, b }: Requests['overlap']) => {
      checkLength('a', a.length, seed.length);
      checkLength('b', b.length, seed.length);
      return { overlap: paper.overlap(vector(seed), vector(a), vector(b)) };
    }),

    optimize: refusing(({ optimizer: choice, parameters, shape, gradients }: Requests['optimize']) => {
      checkLength('parameters', parameters.length, sizeOf(shape));
      const optimizer = optimizerOf(choice, [shape]);
      const theta = vector(parameters);
      const updates = gradients.map((gradient, t) => {
        checkLength(`gradients[${t}]`, gradient.length, parameters.length);
        const u = vector(parameters);
        optimizer(u, vector(gradient), theta);
        paper.candidate(theta, theta, u);
        return [...u];
      });
      return { updates };
    }),

    train: refusing(({ seed, shapes, gradients, optimizer, ...request }: Requests['train']) => {
      checkLength(
        'shapes',
        shapes.reduce((total, shape) => total + sizeOf(shape), 0),
        seed.length,
      );
      gradients.forEach((gradient, t) => {
        checkLength(`gradients[${t}]`, gradient.length, seed.length);
        checkFinite(`gradients[${t}]`, gradient);
      });
      const { tuning, tau } = tuningOf({ seed, ...request }, vector(seed), optimizerOf(optimizer, shapes));
      const thetas = gradients.map(() => vector(seed));
      paper.tune(thetas, tau, gradients.map(vector), tuning);
      return { parameters: thetas.map((theta) => [...theta]) };
    }),
  };
}

/** Silos of the given lengths, one after the other. */
export function consecutive(lengths: readonly number[]): Silo[] {
  let to = 0;
  return lengths.map((length) => {
    to += length;
    return [to - length, to];
  });
}

function thresholdOf({ method, epsilon, factor, iterations }: ThresholdChoice): Threshold {
  if (!(epsilon > 0 && epsilon <= 1)) throw wrong('epsilon', 'a number in (0, 1]', epsilon);
  switch (oneOf(METHODS)(method, 'method')) {
    case 'quantile':
      return paper.quantile;
    case 'iterative':
      return (tau, s, delta, share) => paper.iterative(tau, s, delta, share, factor, iterations);
  }
}

function distanceOf(name: string): paper.Distance {
  return DISTANCES[oneOf(DISTANCE_KINDS)(name, 'distance')];
}

function checkLength(where: string, got: number, length: number): void {
  if (got !== length) throw wrong(where, `${length} values`, got);
}

function checkFinite(where: string, values: readonly number[]): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw wrong(`${where}[${index}]`, 'a finite number', values[index]);
}
