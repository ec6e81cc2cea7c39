/**
 * The gated feed-forward layer (Shazeer 2020; T5 1.1): activation(x W_gateᵀ) ⊙ (x W_upᵀ), then W_outᵀ.
 *
 * @module
 */
import { gated } from '../autograd/elementwise.ts';
import { linear } from '../autograd/linear.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Variable } from '../autograd/variable.ts';
import type { Activation } from '../kernel/kernels.ts';
import type { ParameterList } from './parameters.ts';
import type { Lookup } from './weights.ts';

export interface FeedForwardWeights {
  /** [feedForwardSize, modelSize] */
  readonly gate: Variable;
  /** [feedForwardSize, modelSize] */
  readonly up: Variable;
  /** [modelSize, feedForwardSize] */
  readonly output: Variable;
}

/** Declares the layer's parameters under `path`; `outputGain` scales how the output projection begins. */
export function declareFeedForward(
  parameters: ParameterList,
  path: string,
  modelSize: number,
  feedForwardSize: number,
  outputGain: number,
): void {
  const inner = { kind: 'normal', deviation: 1 / Math.sqrt(modelSize) } as const;
  parameters.declare(`${path}/gate`, [feedForwardSize, modelSize], inner);
  parameters.declare(`${path}/up`, [feedForwardSize, modelSize], inner);
  const deviation = outputGain / Math.sqrt(feedForwardSize);
  parameters.declare(`${path}/output`, [modelSize, feedForwardSize], { kind: 'normal', deviation });
}

export function feedForwardWeights(lookup: Lookup, path: string): FeedForwardWeights {
  return { gate: lookup(`${path}/gate`), up: lookup(`${path}/up`), output: lookup(`${path}/output`) };
}

/** x is [..., modelSize], as is the result. */
export function feedForward(tape: Tape, w: FeedForwardWeights, x: Variable, activation: Activation): Variable {
  const hidden = gated(tape, linear(tape, x, w.gate), linear(tape, x, w.up), activation);
  return linear(tape, hidden, w.output);
}
