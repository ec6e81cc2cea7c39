/**
 * How many inputs a law is tried on, and from which seed they are drawn: the number given, or DST_RUNS where that is
 * set (`npm run test:deep` sets 10,000); DST_SEED and DST_PATH replay a failure, DST_SEEDS says which seeds a part of a
 * deep run takes.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';

/**
 * The number of inputs: the usual one, or in a deep run more.
 *
 * @param weight - how many usual inputs one of these is worth, in time.
 */
export function runs(usual: number, weight = 1): number {
  const text = process.env['DST_RUNS'];
  if (text === undefined || text === '') return usual;
  const deep = Number(text);
  if (!Number.isInteger(deep) || deep < 1) throw wrong('DST_RUNS', 'a whole number of runs', text);
  return Math.max(usual, Math.round(deep / weight));
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

/** Whether this is a deep run, or a part of one: DST_RUNS or DST_SEEDS is set. */
export function isDeep(): boolean {
  return [process.env['DST_RUNS'], process.env['DST_SEEDS']].some((text) => text !== undefined && text !== '');
}

/**
 * The seeds where many seeds find more than many inputs of one: those of DST_SEEDS, `from..to`; else in a deep run so
 * many from {@link runSeed} on, and that one in every other.
 */
export function seeds(deep: number): readonly number[] {
  const text = process.env['DST_SEEDS'];
  if (text === undefined || text === '') return range(runSeed(), isDeep() ? deep : 1);
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)$/.exec(text)?.map(Number) ?? [];
  if (from === undefined || to < from) throw wrong('DST_SEEDS', 'seeds from and to, as in 1..200', text);
  return range(from, to - from + 1);
}

function range(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
