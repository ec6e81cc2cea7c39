/**
 * Asks a program in Python, in one of the environments: JSON in, JSON out.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { folderOf, pythonIn } from '../../scripts/peers/environments.ts';

/** Nothing is asked of a hub, and one thread does all, so that sums are the same everywhere. */
const ENVIRONMENT = {
  HF_HUB_OFFLINE: '1',
  TOKENIZERS_PARALLELISM: 'false',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};

/**
 * The program's answer.
 *
 * @param environment - which Python: a file's name in test/peers/requirements/.
 * @param program - the program's file, e.g. `new URL('losses.py', import.meta.url)`.
 * @throws Error with what the program wrote to stderr, where it fails.
 */
export function askPython(environment: string, program: URL, request: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(pythonIn(folderOf(environment)), ['-B', fileURLToPath(program)], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${fileURLToPath(program)} in ${environment}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
