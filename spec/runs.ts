/**
 * How many inputs a law is tried on, and from which seed they are drawn: the number given, or DST_RUNS where that is
 * set (`npm run test:deep` sets 10,000); DST_SEED and DST_PATH replay a failure.
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

/**
 * The seed of a run: DST_SEED; else the paper's arXiv number, so that one tree has one verdict; else, in a deep run,
 * the clock, so that each looks elsewhere.
 */
export function runSeed(): number {
  const text = process.env['DST_SEED'];
  if (text !== undefined && text !== '') {
    if (!/^-?\d+$/.test(text)) throw wrong('DST_SEED', 'a whole number', text);
    return Number(text);
  }
  return process.env['DST_RUNS'] === undefined ? 2411_08610 : Date.now() | 0;
}

/** fast-check's path to one failing input, where DST_PATH gives it. */
export function replayPath(): string | undefined {
  const text = process.env['DST_PATH'];
  return text === '' ? undefined : text;
}
