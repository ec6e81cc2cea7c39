/**
 * A step as plain data: every event with the id and title of its equation, ready for JSON.
 *
 * @module
 */
import { ANCHORS, type Anchor } from './anchors.ts';
import type { ProjectionEvent, StepEvent } from './events.ts';
import { indexInParameters } from './memory.ts';
import { listKept } from './project.ts';
import type { Problem } from './problem.ts';
import type { TuningState } from './state.ts';
import { step } from './step.ts';

/** A number that survives JSON: NaN, ±∞ and −0 are strings. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

/** A list that survives JSON: one that is longer than the limit is given by its length and its beginning. */
export type JsonList = readonly JsonNumber[] | { readonly length: number; readonly first: readonly JsonNumber[] };

/** What happened, by which equation, in which silo (null: in all), with which values. */
export interface TraceEvent {
  readonly step: number;
  readonly anchor: Anchor;
  readonly title: string;
  readonly kind: StepEvent['kind'];
  readonly silo: string | null;
  readonly values: Readonly<Record<string, JsonNumber | JsonList>>;
}

export interface TraceOptions {
  /** The longest list that is given whole; 64 by default. */
  readonly limit?: number;
}

/**
 * Makes one step of Algorithm 1 and tells what it does.
 *
 * @algorithm 1
 * @decided
 * @param tell - is handed each event as soon as it has happened; what it throws abandons the step.
 * @throws {@link InvalidInput} as `step`.
 * @example
 * ```ts
 * traceStep(problem, state, gradient, 0.1, (event) => console.log(JSON.stringify(event)));
 * ```
 */
export function traceStep(
  problem: Problem,
  state: TuningState,
  gradient: Float32Array,
  learningRate: number,
  tell: (event: TraceEvent) => void,
  options: TraceOptions = {},
): void {
  const number = state.step + 1;
  const limit = options.limit ?? 64;
  step(problem, state, gradient, learningRate, (event) => {
    const { kind, anchor } = event;
    const silo = 'silo' in event ? event.silo.silo.name : null;
    tell({ step: number, anchor, title: ANCHORS[anchor], kind, silo, values: valuesOf(event, limit) });
  });
}

/** A number as JSON can hold it. */
export function toJsonNumber(x: number): JsonNumber {
  if (Object.is(x, -0)) return '-0';
  if (x === Infinity) return 'Infinity';
  if (x === -Infinity) return '-Infinity';
  return Number.isNaN(x) ? 'NaN' : x;
}

function valuesOf(event: StepEvent, limit: number): TraceEvent['values'] {
  const list = (values: ArrayLike<number>): JsonList => toJsonList(values, limit);
  switch (event.kind) {
    case 'update':
      return {
        gradient: list(event.gradient),
        learningRate: toJsonNumber(event.learningRate),
        update: list(event.update),
      };
    case 'candidate':
      return { candidate: list(event.candidate) };
    case 'distances':
      return { distances: list(event.silo.distances) };
    case 'bisection': {
      const { iteration, lo, hi, mid, fraction } = event.bisection;
      const bracket = { lo: toJsonNumber(lo), hi: toJsonNumber(hi), mid: toJsonNumber(mid) };
      return { iteration, ...bracket, fraction, target: event.target };
    }
    case 'threshold':
      return {
        threshold: toJsonNumber(event.selection.threshold),
        ties: event.selection.ties,
        keep: event.silo.budget.keep,
        size: event.silo.silo.size,
      };
    case 'projection':
      return keptValues(event, list);
    case 'done':
      return { theta: list(event.theta) };
  }
}

function keptValues(
  { silo, compared, selection }: ProjectionEvent,
  list: (values: ArrayLike<number>) => JsonList,
): TraceEvent['values'] {
  const positions = listKept(compared, selection);
  return { kept: positions.length, indices: list(positions.map((position) => indexInParameters(silo, position))) };
}

function toJsonList(values: ArrayLike<number>, limit: number): JsonList {
  const first = Array.from({ length: Math.min(values.length, limit) }, (_, i) => toJsonNumber(values[i]));
  return values.length > limit ? { length: values.length, first } : first;
}
