/**
 * The formats of a report, by the option that asks for them. Each is a function of a whole run, loaded when it is wanted.
 *
 * @module
 */
import type { ConformanceRun } from '../../spec/conform/record.ts';
import { writeAtomically } from '../../src/files/atomic.ts';
import { printJson } from '../../src/text/json.ts';
import type { Io } from '../io.ts';
import type { ConformOptions } from './options.ts';

interface Format {
  /** The option that names the file. */
  readonly option: 'junit' | 'html' | 'badge';
  readonly load: () => Promise<(run: ConformanceRun) => string>;
}

const FORMATS: readonly Format[] = [
  { option: 'junit', load: async () => (await import('../../spec/report/junit.ts')).renderJunit },
  {
    option: 'html',
    async load() {
      const { renderHtml } = await import('../../spec/report/page.ts');
      return (run) => renderHtml([run]);
    },
  },
  {
    option: 'badge',
    async load() {
      const { renderBadge } = await import('../../spec/report/badge.ts');
      return (run) => `${printJson(renderBadge(run), 'badge')}\n`;
    },
  },
];

/** Writes each report that was asked for. */
export async function writeReports(run: ConformanceRun, options: ConformOptions): Promise<void> {
  for (const { option, load } of FORMATS) {
    const path = options[option];
    if (path !== undefined) writeAtomically(path, (await load())(run));
  }
}

/** The run as text, for a reader of stdout. */
export async function writeText(run: ConformanceRun, io: Io): Promise<void> {
  const { renderText } = await import('../../spec/report/text.ts');
  const { columns, isTTY } = io.stdout;
  const color = isTTY === true && !io.environment['NO_COLOR'];
  io.stdout.write(renderText(run, { color, ...(columns === undefined ? {} : { width: columns }) }));
}
