/**
 * JSON with the numbers that JSON lacks, as the protocol writes them: −0 as `-0`, NaN and the infinities as strings.
 * Numbers are as short as their format allows, and a long run of one number is written as `{"repeat":[number,times]}`.
 *
 * @module
 */
import type { Format } from '../oracle/formats.ts';
import { FORMATS } from '../oracle/formats.ts';

/** A run that is at least so long is written as one; shorter ones are easier to read as they are. */
const SHORTEST_RUN = 16;

const WORDS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/**
 * One line of JSON.
 *
 * @param shortestRun - the shortest run that is written as one; Infinity writes every entry, as the protocol does.
 */
export function writeJson(value: unknown, format: Format = FORMATS.float64, shortestRun = SHORTEST_RUN): string {
  if (typeof value === 'number') return writeNumber(value, format);
  if (Array.isArray(value)) return `[${writeRuns(value, format, shortestRun).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]: [string, unknown]) => field !== undefined)
      .map(([name, field]: [string, unknown]) => `${JSON.stringify(name)}:${writeJson(field, format, shortestRun)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** A list's entries, equal neighbours together. */
function writeRuns(list: readonly unknown[], format: Format, shortestRun: number): string[] {
  const entries = list.map((entry: unknown) => writeJson(entry, format, shortestRun));
  const written: string[] = [];
  for (let from = 0, to = 1; from < entries.length; from = to, to = from + 1) {
    while (to < entries.length && entries[to] === entries[from]) to++;
    const run = entries.slice(from, to);
    written.push(...(run.length >= shortestRun ? [`{"repeat":[${entries[from]},${run.length}]}`] : run));
  }
  return written;
}

function writeNumber(x: number, format: Format): string {
  if (!Number.isFinite(x)) return JSON.stringify(String(x));
  if (Object.is(x, -0)) return '-0';
  // bfloat16's numbers are float32's: read as such they need no second rounding.
  const { round } = format.dtype === 'bfloat16' ? FORMATS.float32 : format;
  for (let digits = 1; digits < 17 && round(x) === x; digits++) {
    const short = Number(x.toPrecision(digits));
    if (round(short) === x) return String(short);
  }
  return String(x);
}

/** Reads a line: words for numbers become numbers, runs are written out, and broken numbers are rounded to the format. */
export function readJson(text: string, format: Format): unknown {
  return revive(JSON.parse(text), format);
}

function revive(value: unknown, format: Format): unknown {
  if (typeof value === 'string') return Object.hasOwn(WORDS, value) ? WORDS[value] : value;
  if (typeof value === 'number') return Number.isInteger(value) ? value : format.round(value);
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown) => {
      const [once, times] = runOf(entry) ?? [entry, 1];
      return Array.from({ length: times }, () => revive(once, format));
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, revive(field, format)]));
}

function runOf(entry: unknown): [unknown, number] | undefined {
  if (typeof entry !== 'object' || entry === null || !('repeat' in entry) || !Array.isArray(entry.repeat)) {
    return undefined;
  }
  const run: readonly unknown[] = entry.repeat;
  const [once, times] = run;
  return typeof times === 'number' ? [once, times] : undefined;
}
