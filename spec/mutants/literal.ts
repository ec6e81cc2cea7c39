/**
 * A whole implementation of DST made of pieces: with the literal ones a right one, in any number format; with one of
 * them replaced a mutant.
 *
 * @module
 */
import {
  answering,
  DIALECTS,
  DISTANCE_KINDS,
  METHODS,
  OPERATIONS,
  OPTIMIZERS,
  sizeOf,
  STRATEGIES,
} from '../implementation.ts';
import type {
  Answer,
  Capabilities,
  Count,
  Dialect,
  DistanceKind,
  Dtype,
  Implementation,
  Method,
  OptimizerChoice,
  Requests,
  Strategy,
  ThresholdChoice,
} from '../implementation.ts';
import { FORMATS } from '../oracle/formats.ts';
import { countKept } from './counts.ts';
import { createOptimizer, LITERAL_OPTIMIZER } from './optimizers.ts';
import type { OptimizerPieces, TensorOptimizer } from './optimizers.ts';
import { LITERAL } from './pieces.ts';
import type { Pieces } from './pieces.ts';

/** What of the literal implementation is replaced. */
export interface Variant {
  readonly name: string;
  readonly dtype?: Dtype;
  /** Rounds after every operation; by default to the dtype. */
  readonly round?: (x: number) => number;
  /** Rounds the parameters between two steps; by default to the dtype. */
  readonly store?: (x: number) => number;
  readonly ties?: 'lowest-index';
  readonly flushesDenormals?: boolean;
  /** How many are kept, as declared; by default what exceeds the quantile. */
  readonly counts?: Exclude<Count, 'quantile'>;
  /** Whether that is not said. */
  readonly keepsCountsSecret?: true;
  readonly pieces?: Partial<Pieces>;
  readonly optimizer?: Partial<OptimizerPieces>;
  /** Whether its tie rule is not said. */
  readonly keepsTiesSecret?: true;
  /** Whether invalid input is let through. */
  readonly accepts?: (what: Invalidity) => boolean;
  /** What is remembered from one request to the next, though every operation is stateless. */
  readonly remembers?: 'thresholds' | 'optimizer';
}

/** What may be wrong with a request, and where it is looked at. */
export type Invalidity = 'epsilon' | 'training-epsilon' | 'nan' | 'lengths' | 'other-lengths' | 'names' | 'dialect';

class Invalid extends Error {}

export function createLiteral(variant: Variant): Implementation {
  const { dtype = 'float32', ties, counts: rule, flushesDenormals = false } = variant;
  const round = variant.round ?? FORMATS[dtype].round;
  const store = variant.store ?? FORMATS[dtype].round;
  const pieces: Pieces = { ...LITERAL, ...variant.pieces };
  const optimizerPieces: OptimizerPieces = { ...LITERAL_OPTIMIZER, ...variant.optimizer };
  const isAccepted = variant.accepts ?? (() => false);

  const capabilities: Capabilities = {
    name: variant.name,
    version: '1',
    language: 'TypeScript',
    dtype,
    flushesDenormals,
    operations: OPERATIONS,
    distances: DISTANCE_KINDS,
    thresholds: METHODS,
    silos: STRATEGIES,
    optimizers: OPTIMIZERS,
    dialects: DIALECTS,
    ...(ties === undefined || variant.keepsTiesSecret ? {} : { ties }),
    ...(rule === undefined || variant.keepsCountsSecret ? {} : { counts: rule }),
  };
  let remembered: readonly number[] = [];
  const optimizers = new Map<string, TensorOptimizer>();

  function nameFrom<Name extends string>(names: readonly Name[], got: string): Name {
    const name = names.find((known) => known === got) ?? (isAccepted('names') ? names[0] : undefined);
    if (name === undefined) throw new Invalid(`unknown name "${got}"`);
    return name;
  }

  function checkEpsilon(epsilon: number, what: 'epsilon' | 'training-epsilon' = 'epsilon'): void {
    if (!(epsilon > 0 && epsilon <= 1) && !isAccepted(what)) throw new Invalid(`epsilon ${epsilon}`);
  }

  function checkNumbers(values: readonly number[]): void {
    if (values.some(Number.isNaN) && !isAccepted('nan')) throw new Invalid('NaN');
  }

  function checkLengths(what: 'lengths' | 'other-lengths', ...lengths: readonly number[]): void {
    if (lengths.some((length) => length !== lengths[0]) && !isAccepted(what)) throw new Invalid('lengths');
  }

  function optimizerOf(choice: OptimizerChoice, shape: readonly number[]): TensorOptimizer {
    const name = nameFrom(OPTIMIZERS, choice.name);
    const known = DIALECTS.find((name) => name === (choice.dialect ?? 't5x'));
    if (known === undefined && !isAccepted('dialect')) throw new Invalid(`unknown dialect ${choice.dialect}`);
    const dialect: Dialect = known ?? 't5x';
    const key = JSON.stringify([choice, shape]);
    const made =
      optimizers.get(key) ??
      createOptimizer(choice, shape, { round, epsilon: FORMATS[dtype].epsilon, name, dialect }, optimizerPieces);
    if (variant.remembers === 'optimizer') optimizers.set(key, made);
    return made;
  }

  function quantile(distances: readonly number[], epsilon: number): number {
    const sorted = pieces.sort(distances);
    const place = Math.max(0, Math.min(sorted.length - 1, pieces.position(epsilon, sorted.length, round)));
    const j = Math.floor(place);
    return j === place ? sorted[j] : pieces.interpolate(sorted[j], sorted[j + 1], place - j, round);
  }

  function bisect(distances: readonly number[], choice: ThresholdChoice, previous: number): number {
    const { epsilon, factor = pieces.factor, iterations = pieces.iterationsLeftOut } = choice;
    const isFixed = previous === 0 || previous === Infinity;
    const start = isFixed ? pieces.reseed(previous, quantile(distances, epsilon)) : previous;
    let bracket = pieces.bracket(start, factor, round);
    for (let t = 0; t < pieces.iterations(iterations); t++) {
      const mid = pieces.middle(bracket, round);
      const fraction = pieces.fraction(pieces.count(distances, mid), distances.length, round);
      bracket = pieces.halve(bracket, mid, pieces.isOver(fraction, epsilon), fraction - epsilon);
    }
    return pieces.threshold(bracket, round);
  }

  function thresholdOf(distances: readonly number[], choice: ThresholdChoice, previous: number): number {
    switch (nameFrom<Method>(METHODS, choice.method)) {
      case 'quantile':
        return quantile(distances, choice.epsilon);
      case 'iterative':
        return bisect(distances, choice, previous);
    }
  }

  /** Which elements of a silo are kept: Eq. 7, or the ruling on ties where it is declared. */
  function keptOf(
    distances: readonly number[],
    tau: number,
    { method, epsilon }: ThresholdChoice,
    counted: number | undefined,
  ): boolean[] {
    if (ties === undefined || method !== 'quantile') {
      const left = counted === undefined ? tau : ([...distances].sort((a, b) => b - a)[counted] ?? 0);
      return distances.map((distance) => pieces.isKept(distance, left));
    }
    const size = distances.length;
    // In eight bits the position in a long silo may be rounded beyond its end.
    const count = counted ?? Math.max(0, size - 1 - Math.floor(Math.max(0, pieces.position(epsilon, size, round))));
    const order = distances.map((_, i) => i).sort((a, b) => distances[b] - distances[a] || pieces.compareTied(a, b));
    const chosen = new Set(order.slice(0, count).filter((i) => pieces.mayKeep(distances[i])));
    return distances.map((_, i) => chosen.has(i));
  }

  interface Projected {
    readonly parameters: number[];
    readonly thresholds: number[];
    readonly kept: boolean[];
  }

  function project(
    vectors: {
      readonly seed: readonly number[];
      readonly candidate: readonly number[];
      readonly before: readonly number[];
    },
    silos: readonly number[],
    kind: DistanceKind,
    choice: ThresholdChoice,
    previous: readonly number[],
    last: { readonly kept: readonly boolean[]; readonly step: number } = { kept: [], step: 0 },
  ): Projected {
    const { candidate, before } = vectors;
    const seed = vectors.seed.map((value, i) => pieces.anchor(value, before[i]));
    const result: Projected = { parameters: [], thresholds: [], kept: [] };
    const counts = rule === undefined || choice.method !== 'quantile' ? [] : countKept(rule, silos, choice.epsilon);
    for (const [s, length] of pieces.silos(silos).entries()) {
      const offset = result.parameters.length;
      const indices = Array.from({ length }, (_, i) => offset + i);
      const distances = indices.map((i) => pieces.distance(kind, candidate[i], seed[i], round));
      const start = pieces.previousOf(previous, s) ?? pieces.start();
      const found = thresholdOf(distances, choice, start);
      const tau = pieces.applied(start, found);
      result.thresholds.push(pieces.carry(start, found));
      for (const [place, now] of keptOf(distances, tau, choice, counts[s]).entries()) {
        const i = offset + place;
        const isKept = pieces.mask(now, last.kept[i] ?? false, last.step) && pieces.reaches(place, s);
        result.kept.push(isKept);
        result.parameters.push(isKept ? pieces.keep(candidate[i], seed[i]) : pieces.reset(seed[i], before[i]));
      }
    }
    return result;
  }

  function checkProjection({ seed, candidate, silos, epsilon }: Requests['project']): void {
    checkEpsilon(epsilon);
    checkLengths(
      'lengths',
      seed.length,
      candidate.length,
      silos.reduce((sum, length) => sum + length, 0),
    );
    checkNumbers([...seed, ...candidate]);
  }

  const refusing = <Input, Output>(operation: (input: Input) => Output): ((input: Input) => Answer<Output>) =>
    answering(operation, Invalid);

  return {
    capabilities,

    silos: refusing(({ strategy, parameters }: Requests['silos']) => {
      const name = nameFrom<Strategy>(STRATEGIES, strategy);
      const keys = parameters.map((parameter) => pieces.siloKey(name, parameter));
      const silos = [...new Set(keys)]
        .filter((key) => key !== undefined)
        .map((key) => parameters.filter((_, i) => keys[i] === key).map((parameter) => parameter.name));
      return { silos };
    }),

    distance: refusing(({ kind, seed, candidate }: Requests['distance']) => {
      checkLengths('other-lengths', seed.length, candidate.length);
      const name = nameFrom<DistanceKind>(DISTANCE_KINDS, kind);
      const distanceAt = (i: number): number => pieces.distance(name, candidate[i], seed[i], round);
      return { distances: seed.map((_, i) => (pieces.measures(i) ? distanceAt(i) : 0)) };
    }),

    threshold: refusing((request: Requests['threshold']) => {
      checkEpsilon(request.epsilon);
      const threshold = thresholdOf(request.distances, request, remembered[0] ?? request.previous ?? 1);
      if (variant.remembers === 'thresholds') remembered = [threshold];
      return { threshold };
    }),

    project: refusing((request: Requests['project']) => {
      checkProjection(request);
      const { seed, candidate, silos, distance, previous = remembered } = request;
      const kind = nameFrom<DistanceKind>(DISTANCE_KINDS, distance);
      const vectors = { seed, candidate, before: seed };
      const { parameters, thresholds } = project(vectors, silos, kind, request, previous);
      return { parameters, thresholds };
    }),

    overlap: refusing(({ seed, a, b }: Requests['overlap']) => {
      checkLengths('other-lengths', seed.length, a.length, b.length);
      const inA = seed.map((value, i) => pieces.isChanged(a[i], value));
      const inB = seed.map((value, i) => pieces.isChanged(b[i], value));
      const common = inA.filter((isIn, i) => isIn && inB[i]).length;
      const count = (all: readonly boolean[]): number => all.filter((isIn) => isIn).length;
      return { overlap: round(pieces.overlap(common, count(inA), count(inB))) };
    }),

    optimize: refusing(({ optimizer, parameters, shape, gradients }: Requests['optimize']) => {
      checkLengths('other-lengths', parameters.length, sizeOf(shape), ...gradients.map(({ length }) => length));
      const tensor = optimizerOf(optimizer, shape);
      let theta = parameters;
      const updates = gradients.map((gradient) => {
        const update = tensor.update(gradient, theta);
        theta = theta.map((value, i) => store(value + update[i]));
        return update;
      });
      return { updates };
    }),

    train: refusing((request: Requests['train']) => {
      const { seed, shapes, silos, gradients, optimizer, distance, previous = [] } = request;
      checkEpsilon(request.epsilon, 'training-epsilon');
      checkLengths(
        'other-lengths',
        seed.length,
        silos.reduce((sum, length) => sum + length, 0),
        shapes.reduce((sum, shape) => sum + sizeOf(shape), 0),
        ...gradients.map(({ length }) => length),
      );
      gradients.forEach(checkNumbers);
      const kind = nameFrom<DistanceKind>(DISTANCE_KINDS, distance);
      const tensors = placed(pieces.shapes(shapes)).map(({ shape, from, to }) => ({
        from,
        to,
        optimizer: optimizerOf(optimizer, shape),
      }));
      const parts = pieces.trainedSilos(silos, shapes);
      let theta: readonly number[] = seed;
      let last: readonly number[] = seed;
      let thresholds: readonly number[] = previous;
      let kept: readonly boolean[] = seed.map(() => true);
      const parameters = gradients.map((gradient, step) => {
        const shown = gradient.map((g, i) => pieces.gradient(g, kept[i]));
        const seen = theta.map((value, i) => pieces.optimizerTheta(value, last[i]));
        const update = tensors.flatMap(({ from, to, optimizer: tensor }) =>
          tensor.update(shown.slice(from, to), seen.slice(from, to)),
        );
        const origin = theta.map((value, i) => pieces.origin(value, last[i]));
        const candidate = origin.map((value, i) => store(pieces.candidate(value, update[i], round)));
        const vectors = { seed, candidate, before: theta };
        const projected = project(vectors, parts, kind, request, thresholds, { kept, step });
        ({ kept, thresholds } = projected);
        const moved = projected.parameters.map((value, i) => value - theta[i]);
        const observed = update.map((u, i) => pieces.stateUpdate(u, projected.kept[i], moved[i]));
        for (const tensor of tensors) tensor.optimizer.observe(observed.slice(tensor.from, tensor.to));
        theta = projected.parameters;
        last = candidate;
        return projected.parameters;
      });
      return { parameters };
    }),
  };
}

function placed(shapes: readonly (readonly number[])[]): { shape: readonly number[]; from: number; to: number }[] {
  let to = 0;
  return shapes.map((shape) => {
    const from = to;
    to += sizeOf(shape);
    return { shape, from, to };
  });
}
