/**
 * The benchmarks: `npm run bench -- [SUBJECT …] [--quick] [--json] [--compare FILE]`, see `--help`.
 *
 * @module
 */
import { main } from './run.ts';

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signal: new AbortController().signal,
});
