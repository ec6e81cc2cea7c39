// Builds the wasm module beside the kernels and, unless only that is asked for, the package into dist/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });

const wasm = join('src', 'kernel', 'simd.wasm');
run('assemblyscript/bin/asc.js', 'wasm-simd/assembly/index.ts', '--config', 'wasm-simd/asconfig.json', '--outFile', wasm);

if (!process.argv.includes('--wasm-only')) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
  mkdirSync(join(root, 'dist', 'src', 'kernel'), { recursive: true });
  copyFileSync(join(root, wasm), join(root, 'dist', wasm));
}
