/**
 * What a law asks on one input: its requests, overheard.
 *
 * @module
 */
import type { Answer, Implementation } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import type { Asked } from './accepted.ts';

/** A request that a law made, and what it was answered. */
export interface Exchange {
  readonly asked: Asked;
  readonly isRefused: boolean;
}

/** @param implementation - answers; a law about many steps builds each request on the answer before. */
export async function overhear(law: Law, input: unknown, implementation: Implementation): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const { capabilities } = implementation;
  const note = async <Output>(
    asked: Asked,
    answer: Answer<Output> | Promise<Answer<Output>>,
  ): Promise<Answer<Output>> => {
    const got = await answer;
    exchanges.push({ asked, isRefused: 'error' in got && got.error.kind === 'invalid-input' });
    return got;
  };
  await law.holds(
    {
      capabilities,
      silos: (request) => note({ op: 'silos', input: request }, implementation.silos(request)),
      distance: (request) => note({ op: 'distance', input: request }, implementation.distance(request)),
      threshold: (request) => note({ op: 'threshold', input: request }, implementation.threshold(request)),
      project: (request) => note({ op: 'project', input: request }, implementation.project(request)),
      overlap: (request) => note({ op: 'overlap', input: request }, implementation.overlap(request)),
      optimize: (request) => note({ op: 'optimize', input: request }, implementation.optimize(request)),
      train: (request) => note({ op: 'train', input: request }, implementation.train(request)),
    },
    input,
  );
  return exchanges;
}
