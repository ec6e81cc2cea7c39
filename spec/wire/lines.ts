/**
 * A stream cut into lines, with a limit: a line without an end must not fill the memory.
 *
 * @module
 */

/** The longest line that is read, in characters: 16 Mi, some twenty times the longest answer that a law asks for. */
export const LONGEST_LINE = 2 ** 24;

/** Takes a stream's pieces and hands out its lines. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #onTooLong: () => void;
  #rest = '';

  constructor(onLine: (line: string) => void, onTooLong: () => void) {
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  /** What came after the last line's end. */
  get rest(): string {
    return this.#rest;
  }

  read(chunk: string): void {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      const line = this.#rest + chunk.slice(from, end);
      this.#rest = '';
      from = end + 1;
      this.#onLine(line);
    }
    this.#rest += chunk.slice(from);
    if (this.#rest.length > LONGEST_LINE) {
      this.#rest = '';
      this.#onTooLong();
    }
  }
}

/** The end of a text that grows. */
export class Tail {
  readonly #most: number;
  #text = '';
  #isCut = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(chunk: string): void {
    this.#text += chunk;
    if (this.#text.length <= this.#most) return;
    this.#text = this.#text.slice(-this.#most);
    this.#isCut = true;
  }

  clear(): void {
    this.#text = '';
    this.#isCut = false;
  }

  /** The last lines, from the beginning of a line on where it was cut. */
  get text(): string {
    if (!this.#isCut) return this.#text.trimEnd();
    const start = this.#text.indexOf('\n') + 1;
    return `…\n${this.#text.slice(start)}`.trimEnd();
  }
}
