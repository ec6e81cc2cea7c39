/**
 * The other side of the wire: an {@link Implementation} that answers the protocol. It is what `dst adapter` runs, and a
 * model for adapters in JavaScript.
 *
 * @module
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { OPERATIONS } from '../implementation.ts';
import type { Answer, Implementation, Operation, Operations, Outputs, Requests } from '../implementation.ts';
import { decodeNumbers, encode } from './json.ts';
import { ECHO, PROTOCOL_VERSION, toStartAnswer, VERSIONS } from './protocol.ts';
import { describeMisfit, findMisfit } from './schemas.ts';

/** Answers what `input` asks until it says stop, or ends. */
export async function serve(implementation: Implementation, input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const answer = await respond(implementation, line);
    if (answer === undefined) return;
    if (!output.write(`${answer}\n`)) await once(output, 'drain');
  }
}

/** The answer to one line; undefined for `stop`, which has none. */
export async function respond(implementation: Implementation, line: string): Promise<string | undefined> {
  const request = parse(line);
  const seq: unknown = request.get('seq') ?? null;
  switch (request.get('cmd')) {
    case 'start':
      return encode(toStartAnswer(Number(seq), implementation.capabilities, agreed(request.get('version'))));
    case 'run':
      return encode({ seq, ...(await run(implementation, Object.fromEntries(request))) });
    case 'batch':
      return encode({ seq, ...(await runAll(implementation, Object.fromEntries(request))) });
    case 'stop':
      return undefined;
    default:
      return encode({ seq, ...refuse('request.cmd: expected start, run, batch or stop') });
  }
}

/** The newest version that both sides know: ours, if the other side asks for a newer one. */
function agreed(wanted: unknown): number {
  return VERSIONS.find((version) => version === wanted) ?? PROTOCOL_VERSION;
}

/** The answers to several requests, each as if it had been asked alone. */
async function runAll(
  implementation: Implementation,
  batch: Readonly<Record<string, unknown>>,
): Promise<{ readonly answers: readonly Answer<unknown>[] } | Answer<unknown>> {
  const misfit = findMisfit('batch.request.json', batch, 'request');
  if (misfit !== undefined) return refuse(describeMisfit(misfit));
  // Its form has just been checked.
  const requests = batch['requests'] as readonly { readonly op: string; readonly input: object }[];
  const answers: Answer<unknown>[] = [];
  for (const { op, input } of requests) {
    answers.push(await run(implementation, { seq: batch['seq'], cmd: 'run', op, input }));
  }
  return { answers };
}

async function run(
  implementation: Implementation,
  request: Readonly<Record<string, unknown>>,
): Promise<Answer<unknown>> {
  if (request['op'] === ECHO) return echo(request['input']);
  const op = OPERATIONS.find((name) => name === request['op']);
  if (op === undefined) return { skip: `the operation ${encode(request['op'])} is not known here` };
  const misfit = findMisfit('run.request.json', request, 'request');
  if (misfit !== undefined) return refuse(describeMisfit(misfit));
  return answer(implementation, op, request['input']);
}

async function answer<O extends Operation>(
  implementation: Implementation,
  op: O,
  input: unknown,
): Promise<Answer<Outputs[O]>> {
  const operations: Operations = implementation;
  // Its form has just been checked.
  return operations[op](decodeNumbers(input) as Requests[O]);
}

/** The numbers of an input, read and written as those of any other. */
function echo(input: unknown): Answer<unknown> {
  const misfit = findMisfit('echo.input.json', input, 'request.input');
  return misfit === undefined ? { output: decodeNumbers(input) } : refuse(describeMisfit(misfit));
}

function refuse(message: string): Answer<never> {
  return { error: { kind: 'invalid-input', message } };
}

/** The fields of a line's object; none if it is no object. */
function parse(line: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map(); // not JSON: answered as a request without a command
  }
}
