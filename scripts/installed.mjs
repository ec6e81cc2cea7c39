// The package as another project has it: packed, unpacked into a new folder, imported from JavaScript and, strictly and without the
// DOM's declarations, from TypeScript. Fetches nothing: what the package depends on is linked from here.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './installed/bundle.mjs';
import { findDefinitions } from './installed/definition.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'dst-installed-'));
const { name, version, bin, dependencies, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const home = join(folder, 'node_modules', name);
const options = {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'inherit'],
};

function install() {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], options);
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', JSON.parse(packed)[0].filename, '-C', home, '--strip-components=1'], { cwd: folder });
  for (const needed of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(dirname(join(folder, 'node_modules', needed)), { recursive: true });
    symlinkSync(join(modules, needed), join(folder, 'node_modules', needed), 'junction');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
}

/** What a program says, or how it failed. */
function say(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 && stderr === '' ? stdout.trim() : `exit ${status}: ${stdout}${stderr}`;
}

/** What the compiler complains of under a resolution; emits the programs. */
function compile(module, moduleResolution) {
  const compilerOptions = {
    strict: true,
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module,
    moduleResolution,
  };
  const programs = { compilerOptions, files: ['program.ts', 'entries.ts', 'check.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(programs));
  return say(join(modules, 'typescript', 'bin', 'tsc'), '-p', folder);
}

const EXAMPLE = readFileSync(join(root, 'examples/bare-vectors.ts'), 'utf8')
  .replaceAll(/from '\.\.\/src\/.*'/g, `from '${name}'`)
  .concat(`\nimport type { Problem } from '${name}';\nexport const again: Problem['seed'] = problem.seed;\n`);

const IN_PROCESS = readFileSync(join(root, 'examples/check-in-process.ts'), 'utf8').replace(
  '../spec/index.ts',
  `${name}/conformance`,
);

/** A program with a value and a type of each entry, and all the values that it shares with the main one. */
const ENTRIES = `
import * as all from '${name}';
import { createProblem, paper, type Problem } from '${name}/dst';
import { readSafetensors, type StoredTensor } from '${name}/files';
import { readTrainConfig, type TrainConfig } from '${name}/train';
import { createLiteral, type Implementation } from '${name}/conformance';
${Object.keys(exports)
  .map((entry, i) => `import * as entry${i} from '${join(name, entry)}';`)
  .join('\n')}
const problem: Problem = createProblem({ seed: Float32Array.of(1, 2), epsilon: 0.5, optimizer: all.sgd() });
const tensor: StoredTensor | undefined = readSafetensors(all.writeSafetensors([]), 'empty').tensors.get('a');
const config: TrainConfig = readTrainConfig({ model: 'm', task: 't', epsilon: 0.1 }, 'config');
const entries: readonly object[] = [${Object.keys(exports).map((_, i) => `entry${i}`)}];
const literal: Implementation = createLiteral({ name: 'literal' });
const known = new Map<string, unknown>(Object.entries(all));
const strange = entries.flatMap((entry) =>
  Object.entries(entry).filter(([key, value]) => typeof value === 'function' && (known.get(key) ?? value) !== value),
);
console.log(entries.length, strange.length, literal.capabilities.name, problem.seed.length, tensor, config.epsilon, typeof paper);
`;

const REFUSED = `
import { createProblem, overlap, sgd } from '${name}';
for (const call of [
  () => createProblem({ seed: Float64Array.of(1, 2), epsilon: 0.5, optimizer: sgd() }),
  () => overlap([1], [1], [1]),
]) try { call(); } catch (error) { console.log(error.message); }`;

/** Where "go to definition" leads from names of each entry. */
const DEFINED = {
  createProblem: 'src/dst/problem.ts',
  paper: 'src/paper.ts',
  readSafetensors: 'src/files/safetensors.ts',
  TrainConfig: 'src/train/config.ts',
};

/** Declaration maps whose TypeScript is not in the package. */
function findLostSources() {
  const maps = readdirSync(join(home, 'dist'), { recursive: true }).filter((file) => file.endsWith('.d.ts.map'));
  if (maps.length === 0) return ['no maps'];
  return maps.filter((file) => {
    const path = join(home, 'dist', file);
    const { sources } = JSON.parse(readFileSync(path, 'utf8'));
    return !sources.every((source) => existsSync(join(dirname(path), source)));
  });
}

const ONE = `import { overlap } from '${name}'; console.log(overlap(Float32Array.of(1), Float32Array.of(2), Float32Array.of(2)));`;

/** Which folders a bundle of one small function has that the function has nothing to do with, and what the bundle prints. */
async function bundleOne() {
  writeFileSync(join(folder, 'one.js'), ONE);
  const { modules, code } = await bundle(folder, home, 'one.js');
  writeFileSync(join(folder, 'bundled.js'), code);
  const strange = modules.filter((path) => !/^src\/(dst|paper|errors|kinds|kernel|tensor|optim|checked)\b/.test(path));
  return [...new Set(strange.map((path) => dirname(path))), say('bundled.js')].join(' ');
}

/** The first words of the line that has a report's verdict. */
const verdictOf = (report) => /^(.*): the paper: /m.exec(report)?.[1];

/** What is tried, what it has to say, and how. */
const TRIALS = [
  ['node16', '', () => compile('node16', 'node16')],
  ['bundler', '', () => compile('esnext', 'bundler')],
  ['the example', '', () => say('program.js')],
  ['the laws in process', 'holds so far', () => verdictOf(say('check.js'))],
  ['the laws on a wrong line', 'falls short', () => verdictOf(say('check.js', '--wrong'))],
  ['the entries', `${Object.keys(exports).length} 0 literal 2 undefined 0.1 object`, () => say('entries.js')],
  [
    'JavaScript',
    'seed: expected a Float32Array, got a Float64Array of 2\noverlap: seed: expected a Float32Array, got a list of 1',
    () => say('--input-type=module', '-e', REFUSED),
  ],
  [
    'definitions',
    Object.values(DEFINED).join(' '),
    () => findDefinitions(folder, home, 'entries.ts', Object.keys(DEFINED)).join(' '),
  ],
  ['declaration maps', '', () => findLostSources().join(' ')],
  ['a bundle of one function', '1', bundleOne],
  ['the command', version, () => say(join(home, bin.dst), '--version')],
];

try {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
  install();
  writeFileSync(join(folder, 'program.ts'), EXAMPLE);
  writeFileSync(join(folder, 'entries.ts'), ENTRIES);
  writeFileSync(join(folder, 'check.ts'), IN_PROCESS);
  for (const [trial, expected, run] of TRIALS) {
    const got = await run();
    if (got !== expected) process.exitCode = 1;
    console.log(got === expected ? `${trial}: fine` : `${trial}: expected ${JSON.stringify(expected)}, got ${got}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
