/**
 * The smoke check: whether a program speaks the protocol at all, before its mathematics is judged. It asks for nothing
 * that needs more than the form of an answer.
 *
 * @module
 */
import { missingChoice } from '../check.ts';
import type { Answer, Capabilities, Operation, Requests } from '../implementation.ts';
import { Fault } from '../wire/fault.ts';
import { describeStop } from '../wire/program.ts';
import { toCapabilities } from '../wire/protocol.ts';
import type { Session } from '../wire/session.ts';

/** What keeps a program from being judged. */
export interface SmokeFailure {
  /** What it was asked. */
  readonly step: string;
  readonly message: string;
  /** What is most likely to be mended, if that can be told. */
  readonly hint?: string;
  readonly stderr: string;
}

/**
 * Starts the program, asks an operation that nobody knows, something invalid and something trivial, and stops it.
 *
 * @returns what the program claims, or what is to be mended first.
 */
export async function smoke(session: Session): Promise<Capabilities | SmokeFailure> {
  const found = await converse(session);
  if (!('message' in found)) return found;
  const hint = HINTS.find(([pattern]) => pattern.test(found.message))?.[1];
  return hint === undefined ? found : { ...found, hint };
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /ENOENT/,
    'Check the spelling of the program; it is looked for as a path, or by its name in PATH, and no shell is asked.',
  ],
  [/EACCES/, 'Make it executable, or put its interpreter in front: -- python3 adapter.py'],
  [/none within/, 'Does it read one line at a time, and flush standard output after each answer?'],
  [
    /one JSON object a line|nobody had asked for/,
    'Standard output is for answers alone: print everything else to standard error.',
  ],
  [/answer\.seq/, 'Each answer repeats the seq of the request that it answers, in the order of the requests.'],
  [/end of the program/, 'It has to go on reading until it is told to stop.'],
  [/exit with 0/, 'On {"cmd":"stop"} it has to end by itself, with exit code 0.'],
  [/expected a skip/, 'An op that the program does not know is answered with {"seq":…,"skip":"why"}.'],
];

async function converse(session: Session): Promise<Capabilities | SmokeFailure> {
  let step = 'start';
  try {
    const capabilities = toCapabilities(await session.start());
    if (capabilities.operations.length === 0) {
      return await fail(step, 'answer.ops: expected at least one operation that the protocol names, got none', session);
    }
    step = 'an unknown operation';
    const unknown = await session.askAnything('conform/nothing', {});
    if (!('skip' in unknown)) return await fail(step, `answer: expected a skip, got ${kindOf(unknown)}`, session);
    for (const operation of capabilities.operations) {
      step = `invalid input to ${operation}`;
      // Whether it is refused is a ruling that a check of its own judges: here it must be survived.
      await session.askAnything(operation, invalidInput(operation));
    }
    const complaints: string[] = [];
    for (const operation of capabilities.operations) {
      step = `a trivial ${operation}`;
      if (missingChoice(operation, capabilities) !== undefined) continue;
      const input = trivialInput(operation, capabilities);
      const answer = await session.ask(operation, input);
      if (!('error' in answer)) {
        complaints.length = 0;
        break;
      }
      complaints.push(
        `${operation}: expected an output, got an error of kind ${answer.error.kind}: ${answer.error.message}`,
      );
    }
    if (complaints.length > 0) return await fail('a trivial request', complaints.join('; '), session);
    step = 'stop';
    const { stderr } = session;
    const ending = await session.stop();
    if (ending?.code === 0) return capabilities;
    return { step, message: `expected the program to exit with 0, got ${describeStop(ending)}`, stderr };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { step, message: error.message, stderr: error.details.stderr ?? session.stderr };
  }
}

async function fail(step: string, message: string, session: Session): Promise<SmokeFailure> {
  const { stderr } = session;
  await session.abort();
  return { step, message, stderr };
}

function kindOf(answer: Answer<unknown>): string {
  return 'output' in answer ? 'an output' : 'error' in answer ? `an error of kind ${answer.error.kind}` : 'a skip';
}

/** Input that is wrong in its names and numbers, and right in its form. */
function invalidInput(operation: Operation): Requests[Operation] {
  const seed = [1, 2];
  const choice = { epsilon: 2, method: 'no-such-method', distance: 'no-such-distance' };
  const optimizer = { name: 'no-such-optimizer', learningRate: 1 };
  const requests: Requests = {
    silos: { strategy: 'no-such-strategy', parameters: [{ name: 'a', module: 'a', layer: null, shape: [1] }] },
    distance: { kind: 'no-such-distance', seed, candidate: [1] },
    threshold: { ...choice, distances: seed },
    project: { ...choice, seed, candidate: [1], silos: [3] },
    overlap: { seed, a: [1], b: [1, 2, 3] },
    optimize: { optimizer, parameters: seed, shape: [3], gradients: [[1]] },
    train: { ...choice, optimizer, seed, shapes: [[3]], silos: [3], gradients: [[1]] },
  };
  return requests[operation];
}

/** The plainest question that an implementation claims to answer. */
function trivialInput<O extends Operation>(operation: O, claims: Capabilities): Requests[O] {
  const [distance] = claims.distances;
  const [method] = claims.thresholds;
  const [strategy] = claims.silos;
  const [name] = claims.optimizers;
  const seed = [1, 1, 1];
  const choice = { epsilon: 0.5, method, distance, ...(method === 'iterative' ? { factor: 2, iterations: 10 } : {}) };
  const [dialect] = claims.dialects ?? [];
  const optimizer = { name, learningRate: 1, ...(name === 'adafactor' && dialect !== undefined ? { dialect } : {}) };
  const previous = method === 'iterative' ? { previous: 1 } : {};
  const perSilo = method === 'iterative' ? { previous: [1] } : {};
  const requests: { readonly [P in Operation]: Requests[P] } = {
    silos: { strategy, parameters: [{ name: 'a', module: 'a', layer: null, shape: [3] }] },
    distance: { kind: distance, seed, candidate: [2, 1, 1] },
    threshold: { ...choice, ...previous, distances: [1, 2, 3] },
    project: { ...choice, ...perSilo, seed, candidate: [2, 1, 1], silos: [3] },
    overlap: { seed, a: [2, 1, 1], b: [2, 1, 1] },
    optimize: { optimizer, parameters: seed, shape: [3], gradients: [[1, 1, 1]] },
    train: { ...choice, ...perSilo, optimizer, seed, shapes: [[3]], silos: [3], gradients: [[-1, 0, 0]] },
  };
  return requests[operation];
}

/** What the program has said beside its answers, if it has; its standard error is forgotten if it has not. */
export async function settle(session: Session): Promise<Fault | undefined> {
  try {
    await session.askAnything('conform/nothing', {});
    session.clearStderr();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
