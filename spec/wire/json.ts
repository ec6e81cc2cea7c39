/**
 * JSON as the protocol writes it: NaN and the infinities are strings, −0 is `-0`, and a line is one value.
 *
 * @module
 */

/**
 * Writes a value as one line of JSON. JSON.stringify would write `null` for NaN and `0` for −0.
 *
 * Numbers are written with the fewest digits that give the same float64 back, which gives the same float32 and
 * bfloat16 back, too.
 */
export function encode(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return encodeNumber(value);
    case 'object':
      break;
    default:
      return JSON.stringify(value) ?? 'null';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${encode(field)}`).join(',')}}`;
}

function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

const STRINGS: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** Fields that hold words and not numbers: what is in them stays as it is. */
const WORDS: ReadonlySet<string> = new Set(['name', 'module', 'strategy', 'kind', 'method', 'distance', 'dialect']);

/** The numbers that came as strings as numbers, in everything but the fields that hold words. */
export function decodeNumbers(value: unknown): unknown {
  if (typeof value === 'string') return STRINGS.get(value) ?? value;
  if (Array.isArray(value)) return value.map(decodeNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => [
      name,
      WORDS.has(name) ? field : decodeNumbers(field),
    ]),
  );
}
