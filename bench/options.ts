/**
 * The command line of the benchmarks.
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { InvalidInput, unknownName, wrong } from '../src/errors.ts';
import { KERNEL_NAMES, type KernelName } from '../src/kernel/kernels.ts';
import { oneOf } from '../src/kinds.ts';
import { SUBJECT_NAMES, type SubjectName } from './subjects.ts';

export interface BenchOptions {
  /** Those asked for, or all. */
  readonly subjects: readonly SubjectName[];
  readonly quick: boolean;
  readonly huge: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
  readonly kernels: KernelName;
  /** The file of an earlier run. */
  readonly compare: string | null;
  /** Where the run's file goes; null: a new one in runs/bench/. */
  readonly out: string | null;
}

const FLAGS = {
  quick: { type: 'boolean' },
  huge: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
  kernels: { type: 'string' },
  compare: { type: 'string' },
  out: { type: 'string' },
} as const;

export const HELP = `Usage: npm run bench -- [SUBJECT …] [options]

Subjects (all, where none is named): ${SUBJECT_NAMES.join(', ')}

  --quick           in all under three minutes
  --huge            selection and limits: 10^8 numbers as well (4 GB)
  --json            one JSON object on stdout
  --compare FILE    ratios against an earlier run, row by row
  --out FILE        where the run is written (default: runs/bench/DATE.json)
  --kernels NAME    ${KERNEL_NAMES.join(' or ')} (default: simd)
  --quiet           no progress on stderr
  --help            print this

Peers are installed by npm ci --prefix bench/peers. Exit codes: 0 done, 1 a peer computes another loss, 2 wrong call or input,
3 environment, 4 a defect.
`;

/**
 * @throws {@link InvalidInput} naming the option or subject, with the nearest valid name.
 */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options: FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const known = Object.keys(FLAGS).map((name) => `--${name}`);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!known.includes(token.rawName)) throw unknownName('option', known, token.rawName);
    const takesValue = FLAGS[token.name as keyof typeof FLAGS].type === 'string';
    const isMissing =
      token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'));
    if (takesValue && isMissing) throw new InvalidInput(`${token.rawName}: expected a value, got nothing`);
    if (!takesValue && token.value !== undefined) throw wrong(token.rawName, 'no value', token.value);
  }
  const text = (name: 'kernels' | 'compare' | 'out'): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    subjects: readSubjects(positionals),
    quick: values.quick === true,
    huge: values.huge === true,
    json: values.json === true,
    quiet: values.quiet === true,
    help: values.help === true,
    kernels: oneOf(KERNEL_NAMES)(text('kernels') ?? 'simd', '--kernels'),
    compare: text('compare'),
    out: text('out'),
  };
}

function readSubjects(names: readonly string[]): readonly SubjectName[] {
  const asked = names.map((name) => oneOf(SUBJECT_NAMES)(name, 'subject'));
  return asked.length === 0 ? SUBJECT_NAMES : [...new Set(asked)];
}
