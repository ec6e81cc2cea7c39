/**
 * What is written reads back as it was; what would not is refused before anything is written.
 *
 * @module
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { openEventLog, readEvents, type Event } from '../../../src/files/events.ts';
import { readModelFolder, writeModelFolder, type ModelToWrite } from '../../../src/files/modelFolder.ts';
import { readT5Folder, writeT5Folder, type T5ToWrite } from '../../../src/files/t5Folder.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { parseJson, printJson, printResult } from '../../../src/text/json.ts';
import { SPECIALS } from '../../../src/text/tokenizer.ts';
import { trainTokenizer } from '../../../src/text/train.ts';
import { readTokenizer } from '../../../src/text/tokenizerJson.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../../src/run/checkpoint.ts';
import { createToy } from '../nn/t5/toy.ts';
import { createToy as createToyDecoder, TINY } from '../nn/toy.ts';
import { PIECES, t5Json } from '../text/t5Json.ts';
import { runs } from '../../run/runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-writers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether it was accepted. Any other error than a refusal goes on. */
function accepts(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}

const anything = fc.anything({ withDate: true, withMap: true, withTypedArray: true, withSparseArray: true });
/** Mostly JSON's, with now and then what is not. */
const nearJson = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, { weight: 1, arbitrary: anything });
/** The same but for -0, which is 0; `toEqual` passes over fields that are undefined. Made without JSON, which would lose here what it loses there. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== 'object' || value === null || value instanceof Map || ArrayBuffer.isView(value)) return value;
  if (value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}

describe('JSON', () => {
  it('reads back as what was printed, or is refused', () => {
    let refused = 0;
    fc.assert(
      fc.property(nearJson, (value) => {
        let text = '';
        if (!accepts(() => (text = printJson(value, 'value')))) refused++;
        else expect(parseJson(text, 'value')).toEqual(plain(value));
      }),
      { numRuns: runs(300) },
    );
    expect(refused).toBeGreaterThan(0);
  });

  it.each([
    [{ loss: NaN }, 'event.loss: expected what JSON can hold, got NaN'],
    [{ at: [1, -Infinity] }, 'event.at[1]: expected what JSON can hold, got -Infinity'],
    [{ at: [1, undefined] }, 'event.at[1]: expected what JSON can hold, got undefined'],
    [{ tau: Float32Array.of(1) }, 'event.tau: expected what JSON can hold, got a Float32Array of 1'],
    [{ rates: new Map() }, 'event.rates: expected what JSON can hold, got a Map'],
  ])('is not made of what it would lose: %o', (value, message) => {
    expect(() => printJson(value, 'event')).toThrow(message);
  });

  it('is not made of what holds itself', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => printJson({ cycle }, 'event')).toThrow('event.cycle[0]: expected what JSON can hold, got a list of 1');
  });
});

describe('a result in JSON', () => {
  /** JSON's values, with numbers that JSON has not. */
  const { numbers } = fc.letrec((tie) => ({
    numbers: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity), fc.string(), fc.boolean(), fc.constant(null)),
      fc.array(tie('numbers')),
      fc.dictionary(fc.string(), tie('numbers')),
    ),
  }));
  const inWords = (value: unknown): unknown => {
    if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
    if (Array.isArray(value)) return value.map(inWords);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inWords(field)]));
  };

  it('has every number, those that JSON has not in words', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(parseJson(printResult({ value }, 'result'), 'result')).toEqual({ value: inWords(value) });
      }),
      { numRuns: runs(300) },
    );
  });

  it('is not made of what JSON would lose otherwise', () => {
    const message = 'result.rates: expected what JSON can hold, got a Map';
    expect(() => printResult({ rates: new Map() }, 'result')).toThrow(message);
  });
});

describe('an event log', () => {
  it('gives back the events that it took, and none of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), nearJson), { maxLength: 4 }), (events) => {
        const path = join(folder, 'events.jsonl');
        rmSync(path, { force: true });
        const log = openEventLog(path);
        const taken = events.filter((event: Event) => accepts(() => log.append(event)));
        log.close();
        expect(readEvents(path)).toEqual(taken.map(plain));
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('a checkpoint', () => {
  const number = fc.oneof(fc.nat(), fc.double());
  const vector = fc.oneof(fc.float32Array(), fc.float64Array(), fc.uint8Array());

  it('is read as it was written, or refused and not written', () => {
    fc.assert(
      fc.property(number, number, fc.dictionary(fc.string(), vector), nearJson, (step, seconds, vectors, identity) => {
        const path = join(folder, 'checkpoint.safetensors');
        rmSync(path, { force: true });
        const checkpoint: Checkpoint = { step, seconds, vectors: new Map(Object.entries(vectors)) };
        if (!accepts(() => writeCheckpoint(path, checkpoint, { run: 'run', identity }))) {
          expect(existsSync(path)).toBe(false);
          return;
        }
        const { run, identity: read, ...rest } = readCheckpoint(path, 'run');
        expect(rest).toEqual({ ...checkpoint, step: step + 0, seconds: seconds + 0 });
        expect([run, read]).toEqual(['run', plain(identity)]);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('a model folder', () => {
  const tokenizer = trainTokenizer(['a b a b'], 259);
  const sizes = { ...TINY, vocabularySize: tokenizer.vocabularySize };
  const { decoder, theta } = createToyDecoder(createKernels('scalar'), 1, sizes);
  const right: ModelToWrite = { config: decoder.config, theta, tokenizer, parameters: decoder.parameters };
  const toy = createToy(createKernels('scalar'), 5, { vocabularySize: PIECES.length });
  const t5Tokenizer = readTokenizer(t5Json(), 'tokenizer.json');
  const rightT5: T5ToWrite = {
    config: toy.t5.config,
    theta: toy.theta,
    tokenizer: t5Tokenizer,
    parameters: toy.t5.parameters,
  };
  const at = join(folder, 'model');

  it('that is right reads back', () => {
    writeModelFolder(at, right);
    expect(readModelFolder(at).theta).toEqual(theta);
    rmSync(at, { recursive: true });
    writeT5Folder(at, rightT5);
    expect(readT5Folder(at).theta).toEqual(Float32Array.from(toy.theta));
    rmSync(at, { recursive: true });
  });

  const short = new Float32Array(3);
  it.each<[string, Partial<ModelToWrite>]>([
    ['a vector that is too short', { theta: short }],
    ['a layout that lacks a parameter', { parameters: decoder.parameters.slice(1) }],
    ['a layout in another order', { parameters: decoder.parameters.toReversed() }],
    ['a tokenizer of another size', { tokenizer: trainTokenizer(['a b a b'], 260) }],
    ['other specials', { tokenizer: trainTokenizer(['a b a b'], 259, SPECIALS.toReversed()) }],
    ['a config that no decoder has', { config: { ...decoder.config, heads: 3 } }],
    ['a config with NaN', { config: { ...decoder.config, ropeBase: NaN } }],
    ['text that UTF-8 cannot hold', { metadata: { note: '\ud800' } }],
  ])('with %s is refused, and nothing is written', (_, change) => {
    expect(() => writeModelFolder(at, { ...right, ...change })).toThrow(InvalidInput);
    expect(existsSync(at)).toBe(false);
  });

  it.each<[string, Partial<T5ToWrite>]>([
    ['a vector that is too short', { theta: short }],
    ['a layout that lacks a parameter', { parameters: toy.t5.parameters.slice(1) }],
    ['a layout in another order', { parameters: toy.t5.parameters.toReversed() }],
    ['more tokens than rows', { config: { ...toy.t5.config, vocabularySize: 2 } }],
    ['a config that no T5 has', { config: { ...toy.t5.config, heads: 0 } }],
    ['text that UTF-8 cannot hold', { metadata: { note: '\ud800' } }],
  ])('of a T5 with %s is refused, and nothing is written', (_, change) => {
    expect(() => writeT5Folder(at, { ...rightT5, ...change })).toThrow(InvalidInput);
    expect(existsSync(at)).toBe(false);
  });
});
