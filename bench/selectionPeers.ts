/**
 * PyTorch and NumPy as peers in selection: bench/peers/selection.py, a process for each.
 *
 * @module
 */
import { Unavailable } from '../src/errors.ts';
import type { Contestant } from './contestant.ts';
import { findPython, Peer, type PeerDefinition } from './peers.ts';
import type { Absent } from './result.ts';
import { computeMedian } from './spread.ts';

/** What each can be asked to do. */
export const WORKS = {
  torch: ['kthvalue', 'quantile', 'step', 'sum', 'copy'],
  numpy: ['partition'],
} as const;

function definitionOf(peer: keyof typeof WORKS): PeerDefinition {
  return {
    peer,
    threads: 1,
    find: () => {
      const program = findPython(peer);
      if (program === undefined) return `not installed: no python3 here has ${peer} (Debian: python3-${peer})`;
      const environment = { PEER: peer, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
      return { program, script: 'selection.py', environment };
    },
  };
}

/** Those that are installed, and why the others are not. */
export async function startPeers(): Promise<{ readonly peers: Peer[]; readonly absent: Absent[] }> {
  const peers: Peer[] = [];
  const absent: Absent[] = [];
  for (const name of ['torch', 'numpy'] as const) {
    try {
      peers.push(await Peer.start(definitionOf(name)));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      absent.push({ peer: name, threads: 1, why: error.message });
    }
  }
  return { peers, absent };
}

/** A peer's work as a contestant, over the vectors that it was last told to draw. */
export function asking(peer: Peer, work: string, rank: number): Contestant {
  const name = `${peer.peer}.${work}`;
  return {
    peer: name,
    threads: 1,
    round: async (options) => {
      const { times } = await peer.ask({ do: 'round', work, rank, ...options });
      const isTimes = Array.isArray(times) && times.length > 0 && times.every((time) => typeof time === 'number');
      if (!isTimes) throw new Unavailable(`${name}: expected times, got ${JSON.stringify(times)}`);
      return computeMedian(times);
    },
  };
}
