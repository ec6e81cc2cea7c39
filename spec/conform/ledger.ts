/**
 * The checks of a run in their order, whichever ends first: what one says about the next is the same however many are asked
 * at once.
 *
 * @module
 */
import { Coverage } from '../asking/coverage.ts';
import type { Law } from '../laws/law.ts';
import { fallsShort } from '../report/tally.ts';
import { leaveOut, MOST_BREAKDOWNS } from './oneCheck.ts';
import type { CheckRequest, NotBegun, Subject } from './oneCheck.ts';
import type { CheckRecord, State } from './record.ts';

type Run = CheckRequest & Subject & { readonly laws: readonly Law[]; readonly failFast?: boolean };

/** A check that has ended, and what it has asked. */
interface Entry {
  readonly check: CheckRecord;
  readonly asked: Coverage;
}

export class Ledger {
  readonly #run: Run;
  readonly #onCheck: (check: CheckRecord, asked: Coverage) => void;
  /** Those that wait for one before them. */
  readonly #early = new Map<number, Entry>();
  readonly #checks: CheckRecord[] = [];
  #breakdowns: State[] = [];
  #hasFailed = false;

  /** @param onCheck - called with the checks in their order. */
  constructor(run: Run, onCheck: (check: CheckRecord, asked: Coverage) => void) {
    this.#run = run;
    this.#onCheck = onCheck;
  }

  /** The checks so far, without a gap. */
  get checks(): readonly CheckRecord[] {
    return this.#checks;
  }

  /** Why the next check is left out, by what those before it came to. */
  whyNotBegun(): NotBegun {
    if (this.#run.failFast === true && this.#hasFailed) return { left: 'not tried: a check before it has failed' };
    return this.#breakdowns.length >= MOST_BREAKDOWNS ? { hopeless: this.#breakdowns[0] } : {};
  }

  /** Takes a check that has ended. One that would not have been begun, had it waited for those before it, was not. */
  enter(index: number, check: CheckRecord, asked: Coverage): void {
    this.#early.set(index, { check, asked });
    for (let entry = this.#takeNext(); entry !== undefined; entry = this.#takeNext()) {
      this.#checks.push(entry.check);
      this.#note(entry.check);
      this.#onCheck(entry.check, entry.asked);
    }
  }

  #takeNext(): Entry | undefined {
    const index = this.#checks.length;
    const entry = this.#early.get(index);
    if (entry === undefined) return undefined;
    this.#early.delete(index);
    const notBegun = leaveOut(this.#run.laws[index], this.#run, this.#run, this.whyNotBegun());
    const nothing = new Coverage(this.#run.implementation.capabilities);
    return notBegun === undefined ? entry : { check: notBegun, asked: nothing };
  }

  #note({ equation, state, runs }: CheckRecord): void {
    this.#hasFailed ||= fallsShort(state);
    // What breaks down on what it should refuse may be right in all else.
    if (equation === 'protocol') return;
    if (state === 'timeout' || state === 'crash') this.#breakdowns.push(state);
    else if (runs > 0) this.#breakdowns = [];
  }
}
