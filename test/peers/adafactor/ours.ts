/**
 * Our own optimizers as the published ones are asked.
 *
 * @module
 */
import { createOurs } from '../../../spec/ours.ts';

export const OURS = createOurs('simd', 'select');
