/**
 * The smoke check: whether a program speaks the protocol at all, before its mathematics is judged. It asks for nothing
 * that needs more than the form of an answer.
 *
 * @module
 */
import { InvalidInput } from '../../src/errors.ts';
import type { Answer, Capabilities, Operation, Requests } from '../implementation.ts';
import { Fault } from '../wire/fault.ts';
import { describeStop } from '../wire/program.ts';
import { ECHO, toCapabilities } from '../wire/protocol.ts';
import { missingChoice } from '../laws/law.ts';
import type { Session } from '../wire/session.ts';
import { findWireFaults } from './echo.ts';

/** What keeps a program from being judged. */
export interface SmokeFailure {
  /** What it was asked. */
  readonly step: string;
  readonly message: string;
  /** What most likely has to be fixed, if that is known. */
  readonly hint?: string;
  readonly stderr: string;
}

/**
 * Starts the program, asks an operation that nobody knows, whether numbers come back as they are, and something trivial,
 * and stops it. What is invalid is left to the checks of refusals.
 *
 * @returns what the program claims, or what has to be fixed first.
 */
export async function smoke(session: Session): Promise<Capabilities | SmokeFailure> {
  const found = await converse(session);
  if (!('message' in found)) return found;
  const hint = HINTS.find(([pattern]) => pattern.test(found.message))?.[1];
  return hint === undefined ? found : { ...found, hint };
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /expected a number, got "/,
    'Numbers are written as JSON numbers; "NaN", "Infinity" and "-Infinity" alone are strings.',
  ],
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
  [/end of the program/, 'It has to continue to read until it is told to stop.'],
  [/exit with 0/, 'On {"cmd":"stop"} it has to end by itself, with exit code 0.'],
  [/expected a skip/, 'An op that the program does not know is answered with {"seq":…,"skip":"why"}.'],
];

async function converse(session: Session): Promise<Capabilities | SmokeFailure> {
  let step = 'start';
  try {
    const said = await session.start();
    const capabilities = toCapabilities(said);
    if (capabilities.operations.length === 0) {
      return await fail(step, 'answer.ops: expected at least one operation that the protocol names, got none', session);
    }
    step = 'an unknown operation';
    const unknown = await session.askAnything('conform/nothing', {});
    if (!('skip' in unknown)) return await fail(step, `answer: expected a skip, got ${kindOf(unknown)}`, session);
    step = 'the wire';
    const faults = await findWireFaults(session, capabilities, said.ops.includes(ECHO));
    if (faults.length > 0) return await fail(step, faults.join('\n'), session);
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
    if (error instanceof InvalidInput) return fail(step, error.message, session);
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
