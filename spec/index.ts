/**
 * The conformance kit: the laws of Dynamic Subset Tuning as values, what they are tried on, and what came of it. An
 * implementation is checked in this process, as a program behind the wire, or against golden vectors.
 *
 * @packageDocumentation
 */

// An implementation
export { implement, type About } from './implement.ts';
export {
  OPERATIONS,
  DISTANCE_KINDS,
  METHODS,
  STRATEGIES,
  OPTIMIZERS,
  COUNTS,
  DIALECTS,
  type Implementation,
  type Capabilities,
  type Operation,
  type Operations,
  type Requests,
  type Outputs,
  type Answer,
  type Refusal,
  type Dtype,
  type DistanceKind,
  type Method,
  type Strategy,
  type OptimizerName,
  type Dialect,
  type ThresholdChoice,
  type OptimizerChoice,
  type ParameterDescription,
} from './implementation.ts';

// Checking it in this process, or as a program
export { checkImplementation, type CheckOptions } from './conform/inProcess.ts';
export { connect, type Connection, type ConnectOptions } from './wire/connect.ts';
export {
  STATES,
  LEVELS,
  type ConformanceRun,
  type ConformanceRecord,
  type StartRecord,
  type CheckRecord,
  type EndRecord,
  type Counterexample,
  type Counts,
  type State,
  type Level,
} from './conform/record.ts';

// Reports of it
export { renderText, type TextOptions } from './report/text.ts';
export { renderHtml } from './report/page.ts';
export { renderJunit } from './report/junit.ts';
export { renderBadge, type Badge } from './report/badge.ts';
export { renderJsonLines, parseJsonLines } from './report/jsonLines.ts';

// Laws
export { LAWS, findLaw } from './laws/all.ts';
export { LAW_ANCHORS, type Law, type LawAnchor, type LawKind, type Needs } from './laws/law.ts';
export type { Outcome, Violation, Skipped } from './laws/outcome.ts';
export { TAGS, type Tag } from './tags.ts';

// Golden vectors
export { readVectors } from './vectors/files.ts';
export { checkVector, type VectorVerdict } from './vectors/checker.ts';
export type { Vector, VectorFile, VectorNeeds, Accepted, Bound, Condition, Content } from './vectors/vector.ts';

// Right and wrong implementations, to try laws and reports on
export { createLiteral, type Variant, type Invalidity } from './mutants/literal.ts';
export type { Pieces } from './mutants/pieces.ts';
export type { OptimizerPieces } from './mutants/optimizers.ts';
export { MUTANTS } from './mutants/all.ts';
export type { Mutant } from './mutants/mutant.ts';

// Errors
export { InvalidInput, Unavailable, Internal } from '../src/errors.ts';
