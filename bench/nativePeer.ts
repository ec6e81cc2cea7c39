/**
 * What the machine can do without us: loops in C (bench/peers/native.c), compiled where there is a compiler.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { findPython, type PeerDefinition } from './peers.ts';

export const NATIVE: PeerDefinition = {
  peer: 'native',
  threads: 1,
  find: () => {
    if (process.arch !== 'x64') return 'its loops are written for x86-64';
    if (spawnSync('cc', ['--version']).status !== 0) return 'no C compiler here: no program cc';
    const program = findPython('ctypes');
    return program === undefined ? 'no python3 here' : { program, script: 'native.py' };
  },
};
