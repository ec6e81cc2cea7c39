/**
 * A conversation with a program under test: start, questions, stop, and a new start after it broke down.
 *
 * @module
 */
import type { Answer, Operation, Outputs, Requests } from '../implementation.ts';
import { Batches } from './batches.ts';
import type { Question } from './batches.ts';
import { Fault } from './fault.ts';
import { decodeNumbers, encode } from './json.ts';
import { Program } from './program.ts';
import type { Ending } from './program.ts';
import { PROTOCOL_VERSION, VERSIONS } from './protocol.ts';
import type { StartAnswer } from './protocol.ts';
import { findMisfit, shorten } from './schemas.ts';
import type { Misfit } from './schemas.ts';

export interface SessionOptions {
  /** The argument vector. It is not given to a shell. */
  readonly command: readonly string[];
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long the answer to `start` may take, in milliseconds. */
  readonly startTimeoutMs: number;
  /** The most questions that may be under way at once, if the program takes them; {@link IN_FLIGHT} if absent. */
  readonly inFlight?: number;
  /** Hears every line that goes over the wire, after `> ` a question and after `< ` an answer. */
  readonly onLine?: (line: string) => void;
}

/** How many questions are sent at most before their answers have come. */
export const IN_FLIGHT = 32;

/** How many messages of several questions each: one is answered, one waits. */
const MESSAGES = 2;

/** An answer to a `run` request, before its output has been looked at. */
type RawAnswer = Answer<unknown>;

export class Session {
  readonly #options: SessionOptions;
  #program: Program | undefined;
  #seq = 0;
  #starts = 0;
  #leftBehind = 0;
  #said: string | undefined;
  #isOver = false;
  #version = PROTOCOL_VERSION;
  #inFlight = 1;
  #batch = 1;
  #waitsForEach = false;
  readonly #batches = new Batches({
    size: () => this.#batchSize,
    messages: () => this.#messages,
    send: (questions) => this.#send(questions),
  });
  #starting: Promise<StartAnswer> | undefined;
  /** What the program wrote on an input. */
  readonly #wrote = new WeakMap<object, string>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** How often the program has been started. */
  get starts(): number {
    return this.#starts;
  }

  /** The version of the protocol that is spoken: the newest until the program has answered. */
  get version(): number {
    return this.#version;
  }

  /** The line that the program wrote on an input, the last one if it was asked more than once. */
  wroteOn(input: object): string | undefined {
    return this.#wrote.get(input);
  }

  /** How many questions may be under way at once: more than one if the program takes that, and is quick. */
  get ahead(): number {
    return this.isRunning ? this.#messages * this.#batchSize : 1;
  }

  get #messages(): number {
    const most = this.#batch > 1 ? Math.min(MESSAGES, this.#inFlight) : this.#inFlight;
    return Math.min(most, this.#program?.pace.within() ?? 1);
  }

  /** How many questions go into a message: as many as are answered in a part of the time of an answer. */
  get #batchSize(): number {
    return Math.min(this.#batch, this.#program?.pacePerQuestion.within(this.#options.timeoutMs / 4) ?? 1);
  }

  /** Waits for each answer from now on, whatever the program has said of itself. */
  waitForEach(): void {
    this.#waitsForEach = true;
    this.#inFlight = 1;
    this.#batch = 1;
  }

  /** Whether a program is running that has done nothing wrong so far. */
  get isRunning(): boolean {
    return this.#program !== undefined && this.#program.fault === undefined;
  }

  /** How many processes the program has left behind, over all its starts. */
  get leftBehind(): number {
    return this.#leftBehind + (this.#program?.leftBehind ?? 0);
  }

  /** What the program wrote last to standard error. */
  get stderr(): string {
    return this.#program?.stderr ?? '';
  }

  clearStderr(): void {
    this.#program?.clearStderr();
  }

  /** Starts the program and hears what it says of itself. */
  async start(): Promise<StartAnswer> {
    this.#starting ??= this.#start();
    try {
      return await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  async #start(): Promise<StartAnswer> {
    if (this.#isOver) throw new Fault('crash', { got: 'the end of the run', wanted: 'an answer' });
    let value = await this.#startWith(this.#version);
    // A program that refuses what it does not know is asked again, as one of the first version.
    if ('error' in value && this.#version !== 1) value = await this.#startWith(1);
    const misfit = findMisfit('start.answer.json', value, 'answer');
    if (misfit !== undefined) await this.#breakOff(misfit);
    const answer = value as StartAnswer;
    if (!VERSIONS.includes(answer.version)) {
      await this.#breakOff({ path: 'answer.version', expected: VERSIONS.join(' or '), got: String(answer.version) });
    }
    await this.#checkSame(answer);
    this.#version = answer.version;
    const { inFlight = IN_FLIGHT } = this.#options;
    // Version 1 has promised that the next question waits for the answer.
    this.#inFlight = this.#waitsForEach || answer.version === 1 ? 1 : Math.min(inFlight, answer.inFlight ?? inFlight);
    this.#batch = this.#waitsForEach || inFlight === 1 || answer.version === 1 ? 1 : (answer.batch ?? 1);
    return answer;
  }

  async #startWith(version: number): Promise<object> {
    await this.#release();
    this.#starts += 1;
    this.#seq = 0;
    this.#program = new Program(this.#options.command);
    const request = { seq: this.#seq, cmd: 'start', version };
    return this.#exchange(this.#program, request, this.#options.startTimeoutMs);
  }

  /**
   * Puts a question, to a program that is started again if it is not running.
   *
   * @throws Fault for anything but an answer of the right form.
   */
  async ask<O extends Operation>(op: O, input: Requests[O]): Promise<Answer<Outputs[O]>> {
    const answer = await this.askAnything(op, input);
    if (!('output' in answer)) return answer;
    const misfit = findMisfit(`${op}.output.json`, answer.output, 'answer.output');
    if (misfit !== undefined) throw new Fault('fail', { at: misfit.path, got: misfit.got, wanted: misfit.expected });
    // Its form has just been checked.
    return { output: (op === 'silos' ? answer.output : decodeNumbers(answer.output)) as Outputs[O] };
  }

  /** The same for an operation of any name, and any input. */
  async askAnything(op: string, input: object): Promise<RawAnswer> {
    const program = await this.#running();
    this.#wrote.delete(input);
    const value = this.#batch > 1 ? await this.#batches.ask(op, input) : await this.#run(program, { op, input });
    const misfit = findAnswerMisfit(value);
    if (misfit !== undefined) throw new Fault('fail', { at: misfit.path, got: misfit.got, wanted: misfit.expected });
    return value as RawAnswer;
  }

  async #run(program: Program, { op, input }: Question): Promise<object> {
    const request = { seq: ++this.#seq, cmd: 'run', op, input };
    return this.#exchange(program, request, this.#options.timeoutMs, { hear: (line) => this.#wrote.set(input, line) });
  }

  /** Several questions as one message. The answer to each is as if it had come alone. */
  async #send(questions: readonly Question[]): Promise<readonly object[]> {
    const program = await this.#running();
    if (questions.length === 1) return [await this.#run(program, questions[0])];
    const seq = ++this.#seq;
    const request = { seq, cmd: 'batch', requests: questions.map(({ op, input }) => ({ op, input })) };
    const count = questions.length;
    const value = await this.#exchange(program, request, this.#options.timeoutMs, { count });
    const misfit = findMisfit('batch.answer.json', value, 'answer');
    if (misfit !== undefined) return this.#breakOff(misfit);
    // Its form has just been checked.
    const { answers } = value as { readonly answers: readonly object[] };
    if (answers.length !== count)
      return this.#breakOff({ path: 'answer.answers', expected: `${count} answers`, got: String(answers.length) });
    return answers.map((answer, place) => {
      this.#wrote.set(questions[place].input, encode(answer));
      return { ...answer, seq };
    });
  }

  /** The program, started again until it runs: another question may break the new one down meanwhile. */
  async #running(): Promise<Program> {
    while (this.#program === undefined || this.#program.fault !== undefined) await this.start();
    return this.#program;
  }

  /** Asks the program to end; undefined if it did not, or had ended before. Nothing of it is left either way. */
  async stop(): Promise<Ending | undefined> {
    const ending = await this.#program?.stop(encode({ seq: ++this.#seq, cmd: 'stop' }), this.#options.timeoutMs);
    await this.#release();
    return ending;
  }

  /** Ends everything at once and permanently. */
  async abort(): Promise<void> {
    this.#isOver = true;
    await this.#program?.kill();
  }

  async #release(): Promise<void> {
    await this.#program?.kill();
    this.#leftBehind += this.#program?.leftBehind ?? 0;
    this.#program = undefined;
  }

  /** One request and its answer: an object of JSON with the same `seq`. */
  async #exchange(
    program: Program,
    request: { readonly seq: number },
    limitMs: number,
    { hear, count = 1 }: { readonly hear?: (line: string) => void; readonly count?: number } = {},
  ): Promise<object> {
    const question = encode(request);
    this.#options.onLine?.(`> ${question}`);
    const line = await program.ask(question, limitMs, count);
    hear?.(line);
    this.#options.onLine?.(`< ${line}`);
    const value = parse(line);
    if (value === undefined) throwIfBare(line, request.seq);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#breakOff({
        path: 'answer',
        expected: 'one JSON object a line',
        got: shorten(line) || 'an empty line',
      });
    }
    const seq: unknown = 'seq' in value ? value.seq : undefined;
    if (seq !== request.seq) {
      return this.#breakOff({
        path: 'answer.seq',
        expected: String(request.seq),
        got: seq === undefined ? 'nothing' : shorten(encode(seq)),
      });
    }
    return value;
  }

  /** The program speaks badly: whatever it says next cannot be relied on. */
  async #breakOff({ path, expected, got }: Misfit): Promise<never> {
    await this.#program?.kill();
    const { stderr } = this;
    await this.#release();
    throw new Fault('crash', { at: path, got, wanted: expected, ...(stderr === '' ? {} : { stderr }) });
  }

  /** A program that is started again is the same program. */
  async #checkSame(answer: StartAnswer): Promise<void> {
    const said = encode(answer);
    this.#said ??= said;
    if (said === this.#said) return;
    await this.#breakOff({
      path: 'answer',
      expected: `what it said at its first start, ${shorten(this.#said)}`,
      got: shorten(said),
    });
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // not JSON: the caller says so
  }
}

/** What many writers print for numbers that JSON lacks. */
const BARE = /(?<=[[:,]\s*)(-?(?:Infinity|inf)|NaN|nan)(?=\s*[,\]}])/;

/** An answer that would be one if a word stood in quotes: the program speaks on. */
function throwIfBare(line: string, seq: number): void {
  const [word] = BARE.exec(line) ?? [];
  if (word === undefined) return;
  const mended = parse(line.replaceAll(new RegExp(BARE, 'g'), '"$1"'));
  if (typeof mended !== 'object' || mended === null || !('seq' in mended) || mended.seq !== seq) return;
  const name = word.replace(/inf$/, 'Infinity').replace('nan', 'NaN');
  throw new Fault('fail', {
    at: 'answer',
    got: `the bare word ${word}`,
    wanted: `"${name}" in quotes: JSON has no such number`,
  });
}

const KINDS = ['output', 'skip', 'error'] as const;

/** What is wrong with the envelope of an answer, if anything. */
function findAnswerMisfit(value: object): Misfit | undefined {
  const kinds = KINDS.filter((kind) => kind in value);
  const [kind] = kinds;
  if (kinds.length === 1 && kind !== undefined) return findMisfit(`${kind}.json`, value, 'answer');
  return {
    path: 'answer',
    expected: 'exactly one of output, skip and error',
    got: kinds.join(' and ') || 'none of them',
  };
}
