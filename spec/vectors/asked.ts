/**
 * What a law asks on one input: its requests, overheard.
 *
 * @module
 */
import { listenTo } from '../asking/hear.ts';
import type { Asked } from '../asking/hear.ts';
import type { Implementation } from '../implementation.ts';
import type { Law } from '../laws/law.ts';

/** A request that a law made, and what it was answered. */
export interface Exchange {
  readonly asked: Asked;
  readonly isRefused: boolean;
}

/** @param implementation - answers; a law about many steps builds each request on the answer before. */
export async function overhear(law: Law, input: unknown, implementation: Implementation): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const overheard = listenTo(implementation, (asked, got) => {
    exchanges.push({ asked, isRefused: 'error' in got && got.error.kind === 'invalid-input' });
  });
  await law.holds(overheard, input);
  return exchanges;
}
