/**
 * What goes over the wire: numbers, schemas, and our own side of the conversation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISTANCE_KINDS, METHODS, OPERATIONS, OPTIMIZERS, STRATEGIES } from '../../../spec/implementation.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { FORMATS } from '../../../spec/oracle/formats.ts';
import { runs } from '../../run/runs.ts';
import { decodeNumbers, decodeShort, encode, encodeShort } from '../../../spec/wire/json.ts';
import { LineReader, Tail } from '../../../spec/wire/lines.ts';
import { ECHO, toCapabilities, toStartAnswer } from '../../../spec/wire/protocol.ts';
import { describeMisfit, findMisfit } from '../../../spec/wire/schemas.ts';
import { respond, serve } from '../../../spec/wire/serve.ts';

const literal = createLiteral({ name: 'literal', ties: 'lowest-index', flushesDenormals: true });

describe('numbers', () => {
  it('come back in every format as the same bits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(FORMATS)), fc.double(), (format, x) => {
        const sent = format.round(x);
        const line = encode({ seq: 1, input: [sent] });
        expect(decodeNumbers(JSON.parse(line))).toEqual({ seq: 1, input: [sent] });
      }),
    );
  });

  it('are as short as their format allows where they are written short', () => {
    const bits = new Float32Array(1);
    const pattern = new Uint32Array(bits.buffer);
    const floats = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((word) => ((pattern[0] = word), bits[0]));
    const short = fc.tuple(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: -45, max: 31 }));
    const rounded = short.map(([digits, exponent]) => Math.fround(Number(`${digits}e${exponent}`)));
    fc.assert(
      fc.property(fc.oneof(floats, rounded).filter(Number.isFinite), (x) => {
        const enough = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((digits) => Math.fround(Number(x.toPrecision(digits))) === x);
        expect(Number(encodeShort(x, FORMATS.float32))).toBe(Number(x.toPrecision(enough)));
      }),
      { numRuns: runs(1000) },
    );
  });

  it('and runs of them come back from short lines as they were', () => {
    const few = fc.constantFrom(0, -0, 1, 0.1, 1e-40, 3.4e38, NaN, Infinity, -Infinity);
    const run = fc.tuple(few, fc.integer({ min: 1, max: 40 })).map(([x, times]) => new Array<number>(times).fill(x));
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(FORMATS)), fc.array(run), ({ round, dtype }, runs) => {
        const value = { list: runs.flat().map(round), pairs: runs.map((list) => [list.map(round), 'word', null]) };
        const line = encodeShort(value, FORMATS[dtype]);
        expect(decodeShort(JSON.parse(line), FORMATS[dtype])).toEqual(value);
        expect(line.length).toBeLessThanOrEqual(encode(value).length);
      }),
    );
  });

  it('that JSON lacks are strings, and -0 keeps its sign', () => {
    expect(encode([NaN, Infinity, -Infinity, -0, 0, 1e21, 5e-324])).toBe(
      '["NaN","Infinity","-Infinity",-0.0,0,1e+21,5e-324]',
    );
    const [zero] = [decodeNumbers(JSON.parse('[-0]'))].flat();
    expect(Object.is(zero, -0)).toBe(true);
  });

  it('are not looked for in words', () => {
    const request = { op: 'silos', input: { strategy: 'NaN', parameters: [{ name: 'Infinity', module: 'NaN' }] } };
    expect(decodeNumbers(request)).toEqual(request);
  });

  it('and everything else are written as JSON writes them, undefined left out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(encode(value))).toEqual(value);
      }),
    );
    expect(encode({ a: undefined, b: null })).toBe('{"b":null}');
  });
});

describe('the schemas', () => {
  const files = readdirSync(new URL('../../../spec/wire/schemas/', import.meta.url));

  it('are valid JSON Schema, and there is one of every message', () => {
    const ajv = new Ajv2020();
    for (const file of files) {
      const schema: unknown = JSON.parse(
        readFileSync(new URL(`../../../spec/wire/schemas/${file}`, import.meta.url), 'utf8'),
      );
      expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
      if (typeof schema === 'object' && schema !== null) expect(ajv.validateSchema(schema), file).toBe(true);
    }
    const messages = ['start.request', 'start.answer', 'run.request', 'stop.request', 'output', 'skip', 'error'];
    const perOperation = [...OPERATIONS, ECHO].flatMap((op) => [`${op}.input`, `${op}.output`]);
    expect(files).toEqual(expect.arrayContaining([...messages, ...perOperation].map((name) => `${name}.json`)));
  });

  it('hold of every request that a law makes, and of every answer that a right implementation gives', async () => {
    for (const law of LAWS) {
      const spied = { ...literal };
      for (const op of OPERATIONS) {
        Object.assign(spied, {
          [op]: async (input: never) => {
            const request = JSON.parse(encode({ seq: 1, cmd: 'run', op, input })) as unknown;
            expect(findMisfit('run.request.json', request, 'request'), law.id).toBeUndefined();
            const answer = await literal[op](input);
            if (!('output' in answer)) return answer;
            const output: unknown = JSON.parse(encode(answer.output));
            expect(findMisfit(`${op}.output.json`, output, 'answer.output'), law.id).toBeUndefined();
            return answer;
          },
        });
      }
      for (const input of fc.sample(law.inputs(literal.capabilities), {
        numRuns: Math.max(1, Math.round(5 / law.weight)),
        seed: 1,
      })) {
        await law.holds(spied, input);
      }
    }
  });

  it.each([
    ['distance.output.json', { distances: [0, 1, 2, 'abc'] }, 'it.distances[3]: expected a number, got "abc"'],
    ['distance.output.json', { distances: 7 }, 'it.distances: expected a list of numbers, got 7'],
    ['distance.output.json', {}, 'it.distances: expected a value, got nothing'],
    ['train.output.json', { parameters: [[0], [null]] }, 'it.parameters[1][0]: expected a number, got null'],
    ['silos.output.json', { silos: [['a'], [1]] }, 'it.silos[1][0]: expected a text, got 1'],
    [
      'error.json',
      { seq: 1, error: { kind: 'bad', message: '' } },
      'it.error.kind: expected "invalid-input" or "internal", got "bad"',
    ],
    ['skip.json', { seq: 1, skip: '' }, 'it.skip: expected a reason, got ""'],
    ['start.request.json', { seq: 0, cmd: 'begin', version: 1 }, 'it.cmd: expected "start", got "begin"'],
    [
      'run.request.json',
      { seq: 1, cmd: 'run', op: 'overlap', input: { seed: [1], a: [1] } },
      'it.input.b: expected a value, got nothing',
    ],
  ])('%s on %j says where it is wrong', (schema, value, message) => {
    const misfit = findMisfit(schema, value, 'it');
    expect(misfit === undefined ? 'nothing is wrong' : describeMisfit(misfit)).toBe(message);
  });

  it('take the three strings for numbers, and fields that they do not know', () => {
    expect(findMisfit('distance.output.json', { distances: ['NaN', 'Infinity', '-Infinity', -0], more: 1 }, 'it')).toBe(
      undefined,
    );
  });
});

describe('lines', () => {
  it('are cut wherever the pieces end', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[^\n]{0,5}$/)), fc.array(fc.nat(40)), (lines, cuts) => {
        const text = lines.map((line) => `${line}\n`).join('');
        const got: string[] = [];
        const reader = new LineReader(
          (line) => got.push(line),
          () => expect.fail('no line is too long'),
        );
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        places.slice(1).forEach((to, i) => reader.read(text.slice(places[i], to)));
        expect(got).toEqual(lines);
        expect(reader.rest).toBe('');
      }),
    );
  });

  it('of standard error: the end is kept, from the beginning of a line on', () => {
    const tail = new Tail(10);
    tail.add('one\ntwo\n');
    expect(tail.text).toBe('one\ntwo');
    tail.add('three\nfour\n');
    expect(tail.text).toBe('…\nfour');
    tail.clear();
    expect(tail.text).toBe('');
  });
});

describe('our side', () => {
  it('says of itself what it is asked to be, and back', () => {
    const answer = toStartAnswer(0, literal.capabilities);
    expect(findMisfit('start.answer.json', JSON.parse(encode(answer)), 'answer')).toBeUndefined();
    expect(toCapabilities(answer)).toEqual({
      ...literal.capabilities,
      operations: OPERATIONS,
      distances: DISTANCE_KINDS,
      thresholds: METHODS,
      silos: STRATEGIES,
      optimizers: OPTIMIZERS,
    });
    expect(() => toCapabilities({ ...answer, ops: ['overlap', 'levitate'] })).toThrow('answer.ops: expected one of');
  });

  it.each([
    [
      '{"seq":3,"cmd":"run","op":"levitate","input":{}}',
      { seq: 3, skip: 'the operation "levitate" is not known here' },
    ],
    [
      '{"seq":4,"cmd":"dance"}',
      { seq: 4, error: { kind: 'invalid-input', message: 'request.cmd: expected start, run, batch or stop' } },
    ],
    [
      'nonsense',
      { seq: null, error: { kind: 'invalid-input', message: 'request.cmd: expected start, run, batch or stop' } },
    ],
    [
      '{"seq":5,"cmd":"run","op":"overlap","input":{"seed":[1],"a":[1],"b":["x"]}}',
      { seq: 5, error: { kind: 'invalid-input', message: 'request.input.b[0]: expected a number, got "x"' } },
    ],
    ['{"seq":6,"cmd":"run","op":"overlap","input":{"seed":[0],"a":[-0],"b":[-0]}}', { seq: 6, output: { overlap: 1 } }],
    [
      '{"seq":7,"cmd":"run","op":"echo","input":{"numbers":[-0.0,0.1,"NaN"]}}',
      { seq: 7, output: { numbers: [-0, 0.1, 'NaN'] } },
    ],
    [
      '{"seq":8,"cmd":"run","op":"echo","input":{"numbers":["one"]}}',
      { seq: 8, error: { kind: 'invalid-input', message: 'request.input.numbers[0]: expected a number, got "one"' } },
    ],
  ])('answers %s', async (line, wanted) => {
    expect(JSON.parse((await respond(literal, line)) ?? 'null')).toEqual(wanted);
  });

  it('answers each request of a batch as it answers it alone, and says how many it takes', async () => {
    const overlap = { op: 'overlap', input: { seed: [0, 0], a: [1, 0], b: [1, 1] } };
    const requests = [overlap, { op: 'dance', input: {} }, { op: 'overlap', input: { seed: [0] } }, overlap];
    const ask = async (request: object): Promise<object> =>
      JSON.parse((await respond(literal, JSON.stringify(request))) ?? '') as object;
    const alone = await Promise.all(requests.map((request) => ask({ seq: 3, cmd: 'run', ...request })));
    const { answers } = (await ask({ seq: 3, cmd: 'batch', requests })) as { readonly answers: readonly object[] };
    expect(answers.map((answer) => ({ seq: 3, ...answer }))).toEqual(alone);
    expect(alone.map((answer) => Object.keys(answer)[1])).toEqual(['output', 'skip', 'error', 'output']);
    expect(await ask({ seq: 3, cmd: 'batch', requests: [7] })).toMatchObject({
      seq: 3,
      error: { kind: 'invalid-input' },
    });
    const most = async (version: number): Promise<object> => ask({ seq: 0, cmd: 'start', version });
    expect([await most(1), await most(2)].map((start) => 'batch' in start)).toEqual([false, true]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
  ])('asked for version %i, answers in version %i', async (wanted, version) => {
    const said = JSON.parse((await respond(literal, `{"seq":0,"cmd":"start","version":${wanted}}`)) ?? '') as object;
    expect(said).toMatchObject({ seq: 0, version });
    expect('ops' in said && Array.isArray(said.ops) && said.ops.includes(ECHO)).toBe(version === 2);
  });

  it('answers line by line, until it is told to stop', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serve(literal, input, output);
    input.write(
      '{"seq":0,"cmd":"start","version":1}\n{"seq":1,"cmd":"run","op":"x","input":{}}\n{"seq":2,"cmd":"stop"}\n',
    );
    await served;
    const lines = String(output.read()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([0, 1]);
  });
});
