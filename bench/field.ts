/**
 * The peers of one subject: started together, told together what to prepare, stopped together.
 *
 * @module
 */
import { Unavailable } from '../src/errors.ts';
import type { Contestant } from './contestant.ts';
import { Peer, type Answer, type PeerDefinition } from './peers.ts';
import type { Absent } from './result.ts';

export class Field {
  /** Who does not take part, and why: at all, or at a case. */
  readonly absent: Absent[] = [];
  /** What runs here, by peer. */
  readonly facts: Record<string, string> = {};
  readonly #peers: Peer[] = [];

  /** Those that run. */
  get peers(): readonly Peer[] {
    return this.#peers;
  }

  static async start(definitions: readonly PeerDefinition[], say: (line: string) => void): Promise<Field> {
    const field = new Field();
    for (const definition of definitions) {
      const { peer, threads } = definition;
      try {
        const started = await Peer.start(definition);
        field.#peers.push(started);
        field.facts[peer] = started.about;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        field.absent.push({ peer, threads, why: error.message });
        say(`${peer}: ${error.message}`);
      }
    }
    return field;
  }

  /**
   * Those that could prepare what was asked.
   *
   * @param check - says what is wrong with an answer, if anything.
   */
  async prepare(
    name: string,
    request: Readonly<Record<string, unknown>>,
    check: (answer: Answer) => string | undefined = () => undefined,
  ): Promise<Contestant[]> {
    const ready: Contestant[] = [];
    for (const peer of this.#peers) {
      const why = await whyNot(peer, request, check);
      if (why === undefined) ready.push(peer.contestant());
      else this.absent.push({ peer: peer.peer, threads: peer.threads, case: name, why });
    }
    return ready;
  }

  stop(): void {
    for (const peer of this.#peers) peer.stop();
  }
}

async function whyNot(
  peer: Peer,
  request: Readonly<Record<string, unknown>>,
  check: (answer: Answer) => string | undefined,
): Promise<string | undefined> {
  try {
    return check(await peer.ask(request));
  } catch (error) {
    if (error instanceof Unavailable) return error.message;
    throw error;
  }
}
