/**
 * PyTorch and NumPy as peers in selection: bench/peers/selection.py, a process for each.
 *
 * @module
 */
import { findPython, type PeerDefinition } from '../peers.ts';

export const SELECTION_PEERS: readonly PeerDefinition[] = ['torch', 'numpy'].map((peer) => ({
  peer,
  threads: 1,
  find: () => {
    const program = findPython(peer);
    if (program === undefined) return `not installed: no python3 here has ${peer} (Debian: python3-${peer})`;
    const environment = { PEER: peer, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    return { program, script: 'selection.py', environment };
  },
}));
