/**
 * A program under test as an {@link Implementation}: the laws cannot tell it from one in this process.
 *
 * @module
 */
import { answeredBy } from '../implement.ts';
import type { Capabilities, Implementation } from '../implementation.ts';
import type { Session } from './session.ts';

export function createRemote(session: Session, capabilities: Capabilities): Implementation {
  return answeredBy(capabilities, (operation, input) => session.ask(operation, input));
}
