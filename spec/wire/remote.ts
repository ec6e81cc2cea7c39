/**
 * A program under test as an {@link Implementation}: the laws cannot tell it from one in this process.
 *
 * @module
 */
import type { Answer, Capabilities, Implementation, Operation, Outputs, Requests } from '../implementation.ts';
import type { Session } from './session.ts';

export function createRemote(session: Session, capabilities: Capabilities): Implementation {
  const operation =
    <O extends Operation>(op: O) =>
    (input: Requests[O]): Promise<Answer<Outputs[O]>> =>
      session.ask(op, input);
  return {
    capabilities,
    silos: operation('silos'),
    distance: operation('distance'),
    threshold: operation('threshold'),
    project: operation('project'),
    overlap: operation('overlap'),
    optimize: operation('optimize'),
    train: operation('train'),
  };
}
