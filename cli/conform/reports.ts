/**
 * The formats of a report, by the option that asks for them. Each is a function of whole runs, loaded when it is wanted.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import type { ConformanceRun } from '../../spec/conform/record.ts';
import type { ConformOptions } from './options.ts';

interface Format {
  /** The option that names the file. */
  readonly file: (options: ConformOptions) => string | undefined;
  readonly load: () => Promise<(run: ConformanceRun) => string>;
}

const FORMATS: readonly Format[] = [];

/** Writes each report that was asked for. */
export async function writeReports(run: ConformanceRun, options: ConformOptions): Promise<void> {
  for (const { file, load } of FORMATS) {
    const path = file(options);
    if (path !== undefined) writeFileSync(path, (await load())(run));
  }
}
