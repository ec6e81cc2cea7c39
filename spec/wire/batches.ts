/**
 * Questions put together into messages, for a program that takes several in one: what is asked in one turn goes out
 * together, and what is asked while the program is busy waits for it.
 *
 * @module
 */

/** A question, and who waits for its answer. */
export interface Question {
  readonly op: string;
  readonly input: object;
}

interface Waiting extends Question {
  resolve(answer: object): void;
  reject(error: unknown): void;
}

export interface BatchesOptions {
  /** How many questions a message may have now, from 1. */
  readonly size: () => number;
  /** How many messages may be under way now, from 1. */
  readonly messages: () => number;
  /** Puts questions as one message; the answers come in their order. */
  readonly send: (questions: readonly Question[]) => Promise<readonly object[]>;
}

export class Batches {
  readonly #options: BatchesOptions;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #isDue = false;

  constructor(options: BatchesOptions) {
    this.#options = options;
  }

  ask(op: string, input: object): Promise<object> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ op, input, resolve, reject });
      this.#sendSoon();
    });
  }

  #sendSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      const { size, messages } = this.#options;
      while (this.#waiting.length > 0 && this.#underWay < messages()) void this.#send(this.#waiting.splice(0, size()));
    });
  }

  async #send(questions: readonly Waiting[]): Promise<void> {
    this.#underWay += 1;
    try {
      const answers = await this.#options.send(questions);
      for (const [place, each] of questions.entries()) each.resolve(answers[place]);
    } catch (error) {
      for (const each of questions) each.reject(error);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) this.#sendSoon();
    }
  }
}
