/**
 * What a program under test can do wrong beside giving a wrong answer: it is the verdict of the check that asked.
 *
 * @module
 */

/**
 * `timeout`: no answer in time; `crash`: the program ended or spoke badly, and has to be started again; `fail`: an answer
 * of the right form that holds something of the wrong one.
 */
export type FaultState = 'timeout' | 'crash' | 'fail';

export interface FaultDetails {
  /** The place in the answer, where the fault has one. */
  readonly at?: string;
  readonly got: string;
  readonly wanted: string;
  /** The end of what the program wrote to standard error. */
  readonly stderr?: string;
}

/** Thrown by an operation of an {@link Implementation} that stands outside of this process. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly state: FaultState;
  readonly details: FaultDetails;

  constructor(state: FaultState, details: FaultDetails) {
    const { at, got, wanted } = details;
    super(`${at === undefined ? '' : `${at}: `}expected ${wanted}, got ${got}`);
    this.state = state;
    this.details = details;
  }
}
