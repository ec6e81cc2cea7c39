/**
 * An implementation that is listened to: each request that it answers is told to somebody.
 *
 * @module
 */
import type { Answer, Implementation, Operation, Requests } from '../implementation.ts';

/** A request with its operation. */
export type Asked = { readonly [O in Operation]: { readonly op: O; readonly input: Requests[O] } }[Operation];

/** @param hear - called when an answer has come, in the order of the answers. */
export function listenTo(
  implementation: Implementation,
  hear: (asked: Asked, answer: Answer<unknown>) => void,
): Implementation {
  const note = async <Output>(
    asked: Asked,
    answer: Answer<Output> | Promise<Answer<Output>>,
  ): Promise<Answer<Output>> => {
    const got = await answer;
    hear(asked, got);
    return got;
  };
  return {
    capabilities: implementation.capabilities,
    silos: (input) => note({ op: 'silos', input }, implementation.silos(input)),
    distance: (input) => note({ op: 'distance', input }, implementation.distance(input)),
    threshold: (input) => note({ op: 'threshold', input }, implementation.threshold(input)),
    project: (input) => note({ op: 'project', input }, implementation.project(input)),
    overlap: (input) => note({ op: 'overlap', input }, implementation.overlap(input)),
    optimize: (input) => note({ op: 'optimize', input }, implementation.optimize(input)),
    train: (input) => note({ op: 'train', input }, implementation.train(input)),
  };
}
