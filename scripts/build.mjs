// Builds the wasm module beside the kernels and, unless only that is asked for, the package into dist/.
// Where nothing has changed since the last build it does nothing: `npx dst` runs it (as `prepare`) before its first call.
// dist/ is exchanged in one step, so that a command that is running goes on finding its files.
// --wasm-only builds the module alone; --into FOLDER, for the specs, builds the package there and leaves dist/ as it is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });

const wasm = join('src', 'kernel', 'simd.wasm');
// Read at run time: the compiler copies no JSON.
const data = ['spec/wire/schemas', 'spec/diagnosis/signatures.json', 'spec/diagnosis/rulings.json'];
const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');

/** A digest of the names and contents of all that is built. */
function stamp() {
  const hash = createHash('sha256').update(process.version);
  const files = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'];
  for (const folder of ['wasm-simd', 'src', 'html', 'spec', 'cli']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !path.endsWith('.wasm')) files.push(path.slice(root.length + 1));
    }
  }
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function buildWasm() {
  const source = 'wasm-simd/assembly/index.ts';
  run('assemblyscript/bin/asc.js', source, '--config', 'wasm-simd/asconfig.json', '--outFile', wasm);
}

function isCurrent(current) {
  const built = [stampFile, join(dist, 'cli', 'main.js'), join(dist, wasm), join(root, wasm)].every((file) =>
    existsSync(file),
  );
  return built && readFileSync(stampFile, 'utf8') === current;
}

/** The package's programs and what they read, in a folder. */
function compileInto(folder, ...options) {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', ...options, '--outDir', folder);
  mkdirSync(join(folder, 'src', 'kernel'), { recursive: true });
  chmodSync(join(folder, 'cli', 'main.js'), 0o755); // npx starts it by its path, and makes it executable only once
  copyFileSync(join(root, wasm), join(folder, wasm));
  for (const path of data) cpSync(join(root, path), join(folder, path), { recursive: true });
}

/** A build for the specs, which leave dist/ alone: unchecked, and a copy of dist/ where that is up to date. */
function buildInto(folder) {
  if (isCurrent(stamp())) {
    cpSync(dist, folder, { recursive: true });
    return;
  }
  if (!existsSync(join(root, wasm))) buildWasm();
  compileInto(
    folder,
    '--noCheck',
    '--declaration',
    'false',
    '--declarationMap',
    'false',
    '--sourceMap',
    'false',
    '--inlineSources',
    'false',
  );
}

/** Exchanges dist/ for a new build, if anything has changed. */
function build() {
  const current = stamp();
  if (isCurrent(current)) return;
  buildWasm();
  const fresh = `${dist}.${process.pid}`;
  try {
    compileInto(fresh);
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    throw cause;
  }
  writeFileSync(join(fresh, '.stamp'), current);
  const old = `${dist}.old.${process.pid}`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

const [option, folder] = process.argv.slice(2);
if (option === '--wasm-only') buildWasm();
else if (option === '--into') buildInto(folder);
else build();
