/**
 * The inspector of one Node process, over the Chrome DevTools protocol: calls with answers, and events.
 *
 * @module
 */
import { openSocket, type TextSocket } from './webSocket.ts';

/** A place in a script; lines and columns are counted from 0. */
export interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

export interface CallFrame {
  readonly functionName: string;
  readonly location: Location;
}

/** What the domain Debugger tells unasked. */
export interface Events {
  readonly scriptParsed: { readonly scriptId: string; readonly url: string; readonly sourceMapURL?: string };
  readonly paused: {
    readonly reason: string;
    /** Which breakpoints it stopped at; none where it stopped for another reason. */
    readonly hitBreakpoints?: readonly string[];
    /** The innermost first. */
    readonly callFrames: readonly CallFrame[];
  };
}

/** Who is told. */
export type Listener = { readonly [Name in keyof Events]: (event: Events[Name]) => void };

/** What calls answer, as far as it is looked at. */
export interface Answer {
  readonly locations?: readonly Location[];
  readonly breakpointId?: string;
}

type Message =
  | { readonly id: number; readonly result?: Answer; readonly error?: { readonly message: string } }
  | { readonly id?: undefined; readonly method: 'Debugger.scriptParsed'; readonly params: Events['scriptParsed'] }
  | { readonly id?: undefined; readonly method: 'Debugger.paused'; readonly params: Events['paused'] };

export class Inspector {
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  readonly #listener: Listener;
  #socket: TextSocket | undefined;
  #calls = 0;

  private constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Connects to a process that said that its debugger listens there. */
  static async open(url: string, listener: Listener): Promise<Inspector> {
    const inspector = new Inspector(listener);
    inspector.#socket = await openSocket(url, (text) => inspector.#hear(JSON.parse(text) as Message));
    return inspector;
  }

  /** @throws Error with the inspector's own words where it refuses. */
  call(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
      this.#socket?.send(JSON.stringify({ id, method, params }));
    });
  }

  /** The program goes on by itself. */
  close(): void {
    this.#socket?.close();
  }

  #hear(message: Message): void {
    if (message.id !== undefined) {
      const { id, result = {}, error } = message;
      if (error === undefined) this.#waiting.get(id)?.resolve(result);
      else this.#waiting.get(id)?.reject(new Error(error.message));
      this.#waiting.delete(id);
    } else if (message.method === 'Debugger.scriptParsed') this.#listener.scriptParsed(message.params);
    else if (message.method === 'Debugger.paused') this.#listener.paused(message.params);
  }
}
