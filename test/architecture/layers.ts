/**
 * The rooms of the house and what each may import: the one table that the architecture test enforces.
 *
 * @module
 */

/** A room: where its files lie, and which rooms they may import (their own always). */
export interface Room {
  readonly name: string;
  /** Files and folders, by the beginning of their path; the first room that fits is a file's room. */
  readonly paths: readonly string[];
  readonly sees: readonly string[];
  /** Single files beyond that, of which it may see the types alone. */
  readonly seesTypesOf?: readonly string[];
}

const BELOW_DST = ['errors', 'kernel', 'tensor', 'optim'] as const;
const BELOW_DATA = [...BELOW_DST, 'dst', 'autograd', 'nn'] as const;
const BELOW_TRAIN = [...BELOW_DATA, 'text', 'data', 'files', 'metrics'] as const;
const SRC = ['paper', ...BELOW_TRAIN, 'models', 'train', 'run', 'pretrain', 'index'] as const;
const LIBRARY = [...SRC, 'laws', 'html', 'spec'] as const;
const EVERYTHING = [...LIBRARY, 'checked', 'kit', 'cli', 'bench', 'scripts'] as const;

/** {paper, errors} < kernel < tensor < optim < {dst, autograd} < nn < {text, data, files} < metrics < models < train < run < pretrain < spec < cli < bench < scripts */
export const ROOMS: readonly Room[] = [
  { name: 'wasm', paths: ['wasm-simd/'], sees: [] },
  // Errors, and the kinds of values whose refusals they are.
  { name: 'errors', paths: ['src/errors.ts', 'src/kinds.ts'], sees: [] },
  { name: 'paper', paths: ['src/paper.ts'], sees: [] },
  { name: 'kernel', paths: ['src/kernel/'], sees: ['paper', 'errors'] },
  { name: 'tensor', paths: ['src/tensor/'], sees: ['errors', 'kernel'] },
  { name: 'optim', paths: ['src/optim/'], sees: ['errors', 'kernel', 'tensor'] },
  {
    name: 'dst',
    paths: ['src/dst/'],
    sees: ['paper', 'errors', 'kernel', 'tensor'],
    seesTypesOf: ['src/optim/optimizer.ts'],
  },
  { name: 'autograd', paths: ['src/autograd/'], sees: BELOW_DST },
  { name: 'nn', paths: ['src/nn/'], sees: [...BELOW_DST, 'autograd'] },
  { name: 'text', paths: ['src/text/'], sees: BELOW_DATA },
  // A tokenizer is part of a task's rows and of a model's folder.
  { name: 'data', paths: ['src/data/'], sees: [...BELOW_DATA, 'text'] },
  { name: 'files', paths: ['src/files/'], sees: [...BELOW_DATA, 'text'] },
  // What answers are worth: it knows examples and chance, and no model.
  { name: 'metrics', paths: ['src/metrics/'], sees: ['errors', 'tensor', 'text', 'data'] },
  // A network with its tokenizer: examples in, losses and answers out.
  { name: 'models', paths: ['src/models/'], sees: BELOW_TRAIN },
  // Learners, schedules and steps: nothing of it knows a folder.
  { name: 'train', paths: ['src/train/'], sees: [...BELOW_TRAIN, 'models'] },
  // A training run and its folder: checkpoints, results, what it was made from.
  { name: 'run', paths: ['src/run/'], sees: [...BELOW_TRAIN, 'models', 'train'] },
  { name: 'pretrain', paths: ['src/pretrain/'], sees: [...BELOW_TRAIN, 'models', 'train', 'run'] },
  // The package's entries as its types have them.
  { name: 'index', paths: ['src/index.ts', 'src/entries/'], sees: SRC },
  // Their values: the same behind checks of what they are given.
  { name: 'checked', paths: ['src/checked.ts', 'src/checked/'], sees: SRC },

  // The laws are to run on anybody's implementation: they see nothing of ours.
  {
    name: 'laws',
    paths: [
      'spec/implementation.ts',
      'spec/arbitraries.ts',
      'spec/tags.ts',
      'spec/asking/',
      'spec/laws/',
      'spec/oracle/',
      'spec/mutants/',
    ],
    sees: [],
  },
  // Tests, and what serves them alone, may look at everything; nothing looks at them.
  {
    name: 'tests',
    paths: ['test/', 'examples/'],
    sees: EVERYTHING,
  },
  // Pages for people: the kit's reports, the command's and the scripts' are made of the same pieces.
  { name: 'html', paths: ['html/'], sees: [] },
  // The kit's entry, and its values behind checks of what they are given.
  { name: 'kit', paths: ['spec/index.ts', 'spec/checked.ts'], sees: [...LIBRARY, 'checked'] },
  { name: 'spec', paths: ['spec/'], sees: [...SRC, 'laws', 'html'] },
  { name: 'cli', paths: ['cli/'], sees: LIBRARY },
  { name: 'bench', paths: ['bench/'], sees: [...LIBRARY, 'cli'] },
  { name: 'scripts', paths: ['scripts/'], sees: [...LIBRARY, 'cli', 'bench'] },
];

/** The room of a file. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find(({ paths }) => paths.some((start) => path.startsWith(start)));
}

/** Packages that a room may import beside Node's own modules. */
export function mayImportPackages(room: Room): boolean {
  // src runs without any dependency; wasm-simd is AssemblyScript and has none.
  return !room.paths.some((path) => path.startsWith('src/') || path.startsWith('wasm-simd/'));
}
