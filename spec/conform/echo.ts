/**
 * The wire before the mathematics: whether numbers come through a program's reader and writer as they are, so that a lost
 * sign or digit is said once, and not as many broken equations.
 *
 * @module
 */
import { missingChoice } from '../laws/law.ts';
import type { Capabilities } from '../implementation.ts';
import { FORMATS, isDenormal } from '../oracle/formats.ts';
import type { Format } from '../oracle/formats.ts';
import { encode } from '../wire/json.ts';
import { ECHO } from '../wire/protocol.ts';
import type { Session } from '../wire/session.ts';
import { shorten } from '../wire/schemas.ts';

/** How many numbers an echo has to give back. */
export const ECHOED = 10_000;

/** What a number came back as; undefined if nothing is wrong. */
type Symptom = 'text' | 'sign' | 'none' | 'flushed' | 'digits' | 'single' | 'other';

/** Decimal digits that tell every number of a format from its neighbours. */
const DIGITS = { float32: 9, float64: 17, bfloat16: 4 } as const;

/**
 * What is wrong with the numbers of a program that has been started, a sentence each: by its `echo`, if it claims one, else
 * by operations whose right answers are numbers of the question.
 */
export async function findWireFaults(session: Session, claims: Capabilities, echoes: boolean): Promise<string[]> {
  const format = FORMATS[claims.dtype];
  const flushes = claims.flushesDenormals === true;
  if (echoes) {
    const sent = echoedNumbers(format).filter((x) => !flushes || !isDenormal(format, x));
    const got = await numbersOf(session, ECHO, { numbers: sent }, 'numbers');
    return got === undefined ? ['echo: expected an output, got none'] : describeFaults(sent, got, format);
  }
  return infer(session, claims, format);
}

/** From a projection, which moves nothing, or else from distances to 0. */
async function infer(session: Session, claims: Capabilities, format: Format): Promise<string[]> {
  const has = (op: 'project' | 'distance' | 'optimize'): boolean =>
    claims.operations.includes(op) && missingChoice(op, claims) === undefined;
  const kind = claims.distances.find((name) => name !== 'relative') ?? 'relative';
  if (has('project')) {
    const sent = fewNumbers(format).filter((x) => x !== 0 || kind !== 'relative');
    const [method] = claims.thresholds;
    const previous = method === 'iterative' ? { previous: [1], factor: 2, iterations: 10 } : {};
    const question = { seed: sent, candidate: sent, silos: [sent.length], epsilon: 0.5, distance: kind, method };
    const got = await numbersOf(session, 'project', { ...question, ...previous }, 'parameters');
    if (got?.length !== sent.length) return []; // a matter of the operation's own checks
    // A sign that other answers keep was lost by the projection: that is for its checks to say.
    const isKept = has('optimize') && claims.optimizers.includes('sgd') && (await keepsSigns(session));
    return describeFaults(sent, isKept ? got.map((y, i) => (y === 0 && sent[i] === 0 ? sent[i] : y)) : got, format);
  }
  if (!has('distance') || kind !== 'absolute') return [];
  const sent = fewNumbers(format).filter((x) => x > 0);
  const got = await numbersOf(session, 'distance', { kind, seed: sent.map(() => 0), candidate: sent }, 'distances');
  return got?.length === sent.length ? describeFaults(sent, got, format) : [];
}

/** −1 · −0 is 0, and −1 · 0 is −0: a program that answers so has read and written the signs. */
async function keepsSigns(session: Session): Promise<boolean> {
  const optimizer = { name: 'sgd', learningRate: 1 };
  const question = { optimizer, parameters: [1, 1], shape: [2], gradients: [[-0, 0]] };
  const [first] = (await numbersOf(session, 'optimize', question, 'updates')) ?? [];
  return Array.isArray(first) && Object.is(first[0], 0) && Object.is(first[1], -0);
}

/** The list in a field of an output as it came, texts and all. */
async function numbersOf(
  session: Session,
  op: string,
  input: object,
  field: string,
): Promise<readonly unknown[] | undefined> {
  const answer = await session.askAnything(op, input);
  if (!('output' in answer) || typeof answer.output !== 'object' || answer.output === null) return undefined;
  const value = new Map<string, unknown>(Object.entries(answer.output)).get(field);
  return Array.isArray(value) ? value : undefined;
}

function fewNumbers(format: Format): number[] {
  const numbers = [-0, 0, 0.1, 1 / 3, 2 / 3, 1e-30, 3.3e38, 16_777_217, 123_456.789];
  return numbers.map((x) => format.round(x));
}

function echoedNumbers(format: Format): number[] {
  const special = [...fewNumbers(format), format.round(1e-45), format.smallest, NaN, Infinity, -Infinity];
  const others = Array.from({ length: ECHOED - special.length }, (_, i) => format.round(((i * 7919) % ECHOED) / 3));
  return [...special, ...others];
}

/** What is wrong, each sort once, with the first number that shows it. */
export function describeFaults(sent: readonly number[], got: readonly unknown[], format: Format): string[] {
  if (got.length !== sent.length) return [`expected ${sent.length} numbers back, got ${got.length}`];
  const first = new Map<Symptom, string>();
  const cut: [number, number][] = [];
  for (const [i, x] of sent.entries()) {
    const symptom = symptomOf(x, got[i], format);
    if (symptom === undefined) continue;
    if (symptom === 'digits') cut.push([x, Number(got[i])]);
    if (!first.has(symptom)) first.set(symptom, `sent ${encode(x)}, got ${shorten(encode(got[i]), 40)}`);
  }
  return [...first].map(([symptom, example]) => `${describe(symptom, cut, format)}: ${example}`);
}

function describe(symptom: Symptom, cut: readonly [number, number][], format: Format): string {
  switch (symptom) {
    case 'text':
      return 'numbers are sent as strings, which "NaN", "Infinity" and "-Infinity" alone are';
    case 'sign':
      return 'your reader or writer loses the sign of zero';
    case 'none':
      return 'what JSON has no number for is lost ("NaN", "Infinity" and "-Infinity" are strings)';
    case 'flushed':
      return 'denormals come back as 0 (if they may, say "flushesDenormals": true)';
    case 'single':
      return 'float32 numbers come back, and float64 is declared';
    case 'digits':
      return `${Math.max(...cut.map(([x, y]) => digitsOf(x, y)))} digits come back: ${format.dtype} needs ${DIGITS[format.dtype]}`;
    case 'other':
      return 'a number comes back as another one';
  }
}

function symptomOf(sent: number, raw: unknown, format: Format): Symptom | undefined {
  if (!Number.isFinite(sent)) return raw === String(sent) ? undefined : 'none';
  if (typeof raw === 'string') return 'text';
  if (typeof raw !== 'number') return 'other';
  const got = format.round(raw);
  if (Object.is(got, sent)) return undefined;
  if (sent === 0 && got === 0) return 'sign';
  if (got === 0 && isDenormal(format, sent)) return 'flushed';
  if (format.dtype === 'float64' && raw === Math.fround(sent)) return 'single';
  return digitsOf(sent, raw) < DIGITS[format.dtype] ? 'digits' : 'other';
}

/** The fewest digits from which `got` follows; Infinity if it follows from none. */
function digitsOf(sent: number, got: number): number {
  for (let digits = 1; digits <= 17; digits++) if (Number(sent.toPrecision(digits)) === got) return digits;
  // As many decimals, whatever comes before the point.
  for (let decimals = 0; decimals <= 17; decimals++) if (Number(sent.toFixed(decimals)) === got) return decimals;
  return Infinity;
}
