/**
 * How many inputs a law is tried on: the number given, or DST_RUNS where that is set (`npm run test:deep` sets 10,000).
 *
 * @module
 */
import { wrong } from '../src/errors.ts';

export function runs(usual: number): number {
  const text = process.env['DST_RUNS'];
  if (text === undefined || text === '') return usual;
  const deep = Number(text);
  if (!Number.isInteger(deep) || deep < 1) throw wrong('DST_RUNS', 'a whole number of runs', text);
  return Math.max(usual, deep);
}
