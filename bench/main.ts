/**
 * Runs the benchmarks one after the other: `npm run bench -- [NAME …] [--quick] [--json] [--scalar]`.
 *
 * @module
 */
const PROGRAMS = {
  matmul: () => import('./matmul.ts'),
  thresholds: () => import('./thresholds.ts'),
  attention: () => import('./attention.ts'),
  step: () => import('./step.ts'),
  threads: () => import('./threads.ts'),
  start: () => import('./start.ts'),
  generation: () => import('./generation.ts'),
} as const;

function isProgram(name: string): name is keyof typeof PROGRAMS {
  return Object.hasOwn(PROGRAMS, name);
}

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const names = asked.length === 0 ? Object.keys(PROGRAMS) : asked;
for (const name of names) {
  if (!isProgram(name)) {
    console.error(`bench: expected one of ${Object.keys(PROGRAMS).join(', ')}, got "${name}"`);
    process.exitCode = 2;
    break;
  }
  if (!process.argv.includes('--json')) console.log(`\n== ${name}`);
  await PROGRAMS[name]();
}
