/**
 * What a step does, event by event. Events hold live views, valid until the next event: copy a vector to keep it
 * (trace.ts does).
 *
 * @module
 */
import type { Anchor } from './anchors.ts';
import type { Bisection } from './iterative.ts';
import type { SiloView } from './memory.ts';
import type { Selection } from './notation.ts';

/** The optimizer's update from the gradient at θ. */
export interface UpdateEvent {
  readonly kind: 'update';
  readonly anchor: Anchor;
  readonly gradient: Float32Array;
  readonly update: Float32Array;
  readonly learningRate: number;
}

/** θ̂, Eq. 3. */
export interface CandidateEvent {
  readonly kind: 'candidate';
  readonly anchor: Anchor;
  readonly candidate: Float32Array;
}

/** δ_S, Eq. 5. */
export interface DistancesEvent {
  readonly kind: 'distances';
  readonly anchor: Anchor;
  readonly silo: SiloView;
}

/** One halving of the bracket of Algorithm 2, with f(mid) of Eq. 8 and the fraction that it is compared with. */
export interface BisectionEvent {
  readonly kind: 'bisection';
  readonly anchor: Anchor;
  readonly silo: SiloView;
  readonly bisection: Bisection;
  readonly target: number;
}

/** τ_S, Eq. 6. */
export interface ThresholdEvent {
  readonly kind: 'threshold';
  /** What it comes from: Eq. 6, Algorithm 2, or the ruling or ablation that takes their place. */
  readonly anchor: Anchor;
  readonly silo: SiloView;
  readonly selection: Selection;
}

/** What Eq. 7 is going to keep in a silo. θ itself is written at the end of the step. */
export interface ProjectionEvent {
  readonly kind: 'projection';
  readonly anchor: Anchor;
  readonly silo: SiloView;
  /** What the selection is made of: δ_S, or a mask that no longer changes, in which 1 is kept. */
  readonly compared: Float32Array;
  readonly selection: Selection;
}

/** The step is done, and θ has been written: what is thrown from here on abandons nothing. */
export interface DoneEvent {
  readonly kind: 'done';
  readonly anchor: Anchor;
  readonly theta: Float32Array;
}

export type StepEvent =
  UpdateEvent | CandidateEvent | DistancesEvent | BisectionEvent | ThresholdEvent | ProjectionEvent | DoneEvent;

/** Is told of each, in order. What it throws before the last one abandons the step. */
export type Observe = (event: StepEvent) => void;
