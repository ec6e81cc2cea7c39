/**
 * JSON as the protocol writes it: NaN and the infinities are strings, −0 is `-0.0` (many readers take `-0` for the integer 0), and a line is one value. Vectors and
 * reports write it short: numbers with the digits that their format needs, long runs of one entry as
 * `{"repeat":[entry,times]}`.
 *
 * @module
 */
import { wrong } from '../../src/errors.ts';
import { FORMATS } from '../oracle/formats.ts';
import type { Format } from '../oracle/formats.ts';

/** A run that is at least so long is written as one; shorter ones are easier to read as they are. */
const SHORTEST_RUN = 16;

/**
 * Writes a value as one line of JSON. JSON.stringify would write `null` for NaN and `0` for −0.
 *
 * Numbers are written with the fewest digits that give the same float64 back, which gives the same float32 and
 * bfloat16 back, too.
 */
export function encode(value: unknown): string {
  return write(value, FORMATS.float64, Infinity);
}

/** The same for eyes and disks: short numbers, and runs as one entry. */
export function encodeShort(value: unknown, format: Format = FORMATS.float64): string {
  return write(value, format, SHORTEST_RUN);
}

/** What came back, for eyes: text as it is, all else as {@link encodeShort} writes it. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : encodeShort(value);
}

function write(value: unknown, format: Format, shortestRun: number): string {
  if (typeof value === 'number') return writeNumber(value, format);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) {
    if (shortestRun === Infinity && format.dtype === 'float64' && value.every(isPlain)) return JSON.stringify(value);
    const entries = value.map((entry: unknown) => write(entry, format, shortestRun));
    return `[${(shortestRun === Infinity ? entries : joinRuns(entries, shortestRun)).join(',')}]`;
  }
  const fields = Object.entries(value)
    .filter(([, field]: [string, unknown]) => field !== undefined)
    .map(([name, field]: [string, unknown]) => `${JSON.stringify(name)}:${write(field, format, shortestRun)}`);
  return `{${fields.join(',')}}`;
}

/** A number that JSON.stringify writes as it is. */
function isPlain(entry: unknown): boolean {
  return typeof entry === 'number' && Number.isFinite(entry) && !Object.is(entry, -0);
}

/** A list's entries, equal neighbours together. */
function joinRuns(entries: readonly string[], shortestRun: number): string[] {
  const written: string[] = [];
  for (let from = 0, to = 1; from < entries.length; from = to, to = from + 1) {
    while (to < entries.length && entries[to] === entries[from]) to++;
    const run = entries.slice(from, to);
    written.push(...(run.length >= shortestRun ? [`{"repeat":[${entries[from]},${run.length}]}`] : run));
  }
  return written;
}

function writeNumber(x: number, { dtype }: Format): string {
  if (!Number.isFinite(x)) return `"${x}"`;
  if (Object.is(x, -0)) return '-0.0';
  // String is the shortest for float64, for short integers in any format, and for what the format does not hold.
  if (dtype === 'float64' || Math.fround(x) !== x || isCount(x)) return String(x);
  // bfloat16's numbers are float32's: read as such they need no second rounding. Nine digits tell a float32 from its
  // neighbours; where some number of digits is enough, more are too.
  let [tooFew, enough] = [0, 9];
  while (enough - tooFew > 1) {
    const digits = (tooFew + enough) >> 1;
    if (Math.fround(Number(x.toPrecision(digits))) === x) enough = digits;
    else tooFew = digits;
  }
  return String(Number(x.toPrecision(enough)));
}

/** Integers as a shape or a step may be: float32 holds them all, and bfloat16 is not asked to. */
function isCount(x: number): boolean {
  return Number.isInteger(x) && Math.abs(x) < 2 ** 24;
}

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Fields that hold words and not numbers: what is in them stays as it is. */
const WORDS: ReadonlySet<string> = new Set(['name', 'module', 'strategy', 'kind', 'method', 'distance', 'dialect']);

/** The numbers that came as strings as numbers, in everything but the fields that hold words. */
export function decodeNumbers(value: unknown): unknown {
  if (typeof value === 'string') return NUMBERS.get(value) ?? value;
  if (Array.isArray(value)) return value.map(decodeNumbers);
  return eachField(value, decodeNumbers);
}

/** The same for what {@link encodeShort} wrote: runs are written out, and numbers rounded to the format, counts apart. */
export function decodeShort(value: unknown, format: Format): unknown {
  if (typeof value === 'number') return isCount(value) ? value : format.round(value);
  if (typeof value === 'string') return decodeNumbers(value);
  if (!Array.isArray(value)) return eachField(value, (field) => decodeShort(field, format));
  const entries: readonly unknown[] = value;
  const list: unknown[] = [];
  for (const entry of entries) {
    const [once, times] = runOf(entry) ?? [entry, 1];
    for (let i = 0; i < times; i++) list.push(decodeShort(once, format));
  }
  return list;
}

function eachField(value: unknown, decode: (field: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => [name, WORDS.has(name) ? field : decode(field)]),
  );
}

function runOf(entry: unknown): [unknown, number] | undefined {
  if (typeof entry !== 'object' || entry === null || !('repeat' in entry) || !Array.isArray(entry.repeat)) {
    return undefined;
  }
  const run: readonly unknown[] = entry.repeat;
  const [once, times] = run;
  return typeof times === 'number' ? [once, times] : undefined;
}

/**
 * The value of a line of a file.
 *
 * @throws InvalidInput if the line is no JSON.
 */
export function parseLine(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw wrong(where, 'a line of JSON', line.slice(0, 80));
  }
}
