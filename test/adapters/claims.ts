/**
 * What every shipped adapter claims.
 *
 * @module
 */
import type { Law } from '../../spec/laws/law.ts';

/** The distances of the paper, of which each adapter has all, and no other. */
const TABLE_1: readonly string[] = ['absolute', 'relative', 'inverse-relative'];

/** Whether a law is asked of them: all but those of a rule on ties, of other dialects than t5x's, and of distances of our own. */
export function isClaimed({ needs }: Pick<Law, 'needs'>): boolean {
  const isOfTable1 = needs.distance === undefined || TABLE_1.includes(needs.distance);
  return isOfTable1 && needs.ties === undefined && !('dialect' in needs);
}
