/**
 * The adapters that are shipped, by the language or library that they are for.
 *
 * @module
 */
import { join } from 'node:path';

/** An adapter: what it consists of, and how it is made to run. */
export interface Language {
  readonly name: string;
  /** The folder under adapters/. */
  readonly folder: string;
  /** Its files; the first answers the protocol, the last is the implementation, in whose place the user's own goes. */
  readonly files: readonly string[];
  /** What has to be run once before it can be started, in its own folder. */
  readonly build?: readonly string[];
  /** What starts it, in its own folder; see {@link fromOutside}. */
  readonly start: readonly string[];
  /** What has to be installed, in words, with the name of its Debian package. */
  readonly needs: string;
  /** The Python module that has to be there. */
  readonly module?: string;
}

const PYTHON = { files: ['adapter.py', 'dst.py'], start: ['python3', 'adapter.py'] } as const;

export const LANGUAGES: readonly Language[] = [
  { name: 'python', folder: 'python', ...PYTHON, needs: 'Python 3.8 or newer (python3)' },
  { name: 'numpy', folder: 'numpy', ...PYTHON, needs: 'NumPy 1.22 or newer (python3-numpy)', module: 'numpy' },
  { name: 'pytorch', folder: 'pytorch', ...PYTHON, needs: 'PyTorch 1.13 or newer (python3-torch)', module: 'torch' },
  { name: 'jax', folder: 'jax', ...PYTHON, needs: 'JAX (no Debian package: pip install jax)', module: 'jax' },
  {
    name: 'c',
    folder: 'c',
    files: ['adapter.c'],
    build: ['cc', '-O2', '-o', 'adapter', 'adapter.c', '-lm'],
    start: ['./adapter'],
    needs: 'a C compiler that is called cc (gcc)',
  },
  {
    name: 'javascript',
    folder: 'javascript',
    files: ['adapter.mjs', 'given.mjs', 'dst.mjs'],
    start: ['node', 'adapter.mjs'],
    needs: 'Node 20 or newer',
  },
];

/** What starts or builds an adapter from outside of its folder. */
export function fromOutside(words: readonly string[], folder: string): string[] {
  return words.map((word) => {
    if (!/^(\.\/)?adapter/.test(word)) return word;
    const path = join(folder, word);
    // A program without a slash would be looked for on the PATH.
    return word.startsWith('./') && !path.includes('/') ? `./${path}` : path;
  });
}
