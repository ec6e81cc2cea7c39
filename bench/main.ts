/**
 * The benchmarks: `npm run bench -- [SUBJECT …] [--quick] [--json] [--compare FILE]`, see `--help`.
 *
 * @module
 */
import { isProgram, PROGRAMS } from './alone.ts';
import { main } from './run.ts';

const [asked] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (isProgram(asked)) await PROGRAMS[asked]();
else {
  process.exitCode = await main(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: new AbortController().signal,
  });
}
