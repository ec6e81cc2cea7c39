/**
 * The adapters that are shipped, by the language or library that they are for.
 *
 * @module
 */
/** An adapter: what it consists of, and how it is made to run. */
export interface Language {
  readonly name: string;
  /** The folder under adapters/. */
  readonly folder: string;
  /** Its files; the first answers the protocol, the last is the implementation, in whose place the user's own goes. */
  readonly files: readonly string[];
  /** What has to be run once before it can be started; `{}` is its folder, see {@link locate}. */
  readonly build?: readonly string[];
  /** What starts it. */
  readonly start: readonly string[];
  /** What has to be installed, in words, with the name of its Debian package. */
  readonly needs: string;
  /** The Python module that has to be there. */
  readonly module?: string;
}

const PYTHON = { files: ['adapter.py', 'dst.py'], start: ['python3', '{}/adapter.py'] } as const;

export const LANGUAGES: readonly Language[] = [
  { name: 'python', folder: 'python', ...PYTHON, needs: 'Python 3.8 or newer (python3)' },
  { name: 'numpy', folder: 'numpy', ...PYTHON, needs: 'NumPy 1.22 or newer (python3-numpy)', module: 'numpy' },
  { name: 'pytorch', folder: 'pytorch', ...PYTHON, needs: 'PyTorch 1.13 or newer (python3-torch)', module: 'torch' },
  { name: 'jax', folder: 'jax', ...PYTHON, needs: 'JAX (no Debian package: pip install jax)', module: 'jax' },
  {
    name: 'c',
    folder: 'c',
    files: ['adapter.c'],
    build: ['cc', '-O2', '-o', '{}/adapter', '{}/adapter.c', '-lm'],
    start: ['{}/adapter'],
    needs: 'a C compiler that is called cc (gcc)',
  },
  {
    name: 'cpp',
    folder: 'cpp',
    files: ['adapter.cpp', 'given.hpp', 'dst.hpp'],
    build: ['c++', '-std=c++20', '-O2', '-o', '{}/adapter', '{}/adapter.cpp'],
    start: ['{}/adapter'],
    needs: 'a C++20 compiler that is called c++ (g++) and nlohmann/json 3.11 (nlohmann-json3-dev)',
  },
  {
    name: 'rust',
    folder: 'rust',
    files: ['adapter.rs', 'given.rs', 'Cargo.toml', 'dst.rs'],
    build: ['cargo', 'build', '--release', '--manifest-path', '{}/Cargo.toml'],
    start: ['{}/target/release/adapter'],
    needs: 'Rust 1.65 or newer with cargo, which fetches serde_json (cargo)',
  },
  {
    name: 'go',
    folder: 'go',
    files: ['adapter.go', 'given.go', 'adafactor.go', 'go.mod', 'dst.go'],
    build: ['go', 'build', '-C', '{}', '-o', 'adapter', '.'],
    start: ['{}/adapter'],
    needs: 'Go 1.23 or newer',
  },
  {
    name: 'r',
    folder: 'r',
    files: ['adapter.R', 'given.R', 'dst.R'],
    start: ['Rscript', '{}/adapter.R'],
    needs: 'R 4 with jsonlite (r-base-core, r-cran-jsonlite)',
  },
  {
    name: 'javascript',
    folder: 'javascript',
    files: ['adapter.mjs', 'given.mjs', 'dst.mjs'],
    start: ['node', '{}/adapter.mjs'],
    needs: 'Node 20 or newer',
  },
];

/** What starts or builds an adapter that lies in a folder. */
export function locate(words: readonly string[], folder: string): string[] {
  return words.map((word) => word.replace('{}', folder));
}
