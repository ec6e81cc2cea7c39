/**
 * An implementation in this process, held as one behind the wire is: what it throws ends the check and not the run, and it
 * cannot change what the laws compare its answers with.
 *
 * @module
 */
import { answeredBy } from '../implement.ts';
import type { Answer, Implementation, Operation, Operations, Outputs, Requests } from '../implementation.ts';
import { Fault } from '../wire/fault.ts';
import { encodeShort } from '../wire/json.ts';
import { shorten } from '../wire/schemas.ts';

/** The same implementation; each operation gets a copy of its input, and what it throws is a {@link Fault}. */
export function shelter(implementation: Implementation): Implementation {
  const operations: Operations = implementation;
  return answeredBy(implementation.capabilities, async (operation, input) => {
    const answer = await ask(operations, operation, structuredClone(input));
    if (isAnswer(answer)) return answer;
    const wanted = '{ output }, { skip } or { error: { kind, message } }';
    throw new Fault('fail', { at: 'answer', got: shorten(encodeShort(answer)), wanted });
  });
}

async function ask<O extends Operation>(
  operations: Operations,
  operation: O,
  input: Requests[O],
): Promise<Answer<Outputs[O]>> {
  try {
    return await operations[operation](input);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('crash', {
      got: `a thrown ${shorten(String(error))}`,
      wanted: 'an answer ({ error: { kind, message } } if the input is refused)',
    });
  }
}

/** Compilers promise it; JavaScript does not. */
function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'output' in value || 'skip' in value || ('error' in value && Object(value.error) === value.error);
}
