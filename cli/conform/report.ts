/**
 * Recorded conformance runs as `dst report` tells them.
 *
 * @module
 */
import { InvalidInput } from '../../src/errors.ts';
import { readText } from '../../src/files/atomic.ts';
import { printJson } from '../../src/text/json.ts';
import type { ConformanceRun } from '../../spec/conform/record.ts';
import { renderBadge } from '../../spec/report/badge.ts';
import { parseJsonLines } from '../../spec/report/jsonLines.ts';
import { renderJunit } from '../../spec/report/junit.ts';
import { renderHtml } from '../../spec/report/page.ts';
import { renderText } from '../../spec/report/text.ts';
import type { Report } from '../output.ts';

/** Where each form goes, where it is wanted. */
interface Wanted {
  readonly html?: string;
  readonly junit?: string;
  readonly badge?: string;
}

/** Reads the runs, and renders what is wanted of them. */
export function reportOfConformance(
  paths: readonly string[],
  { html, junit, badge }: Wanted,
  { color, width }: { readonly color: boolean; readonly width: number | undefined },
): Report {
  const runs = paths.map((path) => parseJsonLines(readText(path), path));
  const files: Record<string, string> = {};
  if (html !== undefined) files[html] = renderHtml(runs);
  if (junit !== undefined) files[junit] = renderJunit(only(runs, '--junit'));
  if (badge !== undefined) files[badge] = `${printJson(renderBadge(only(runs, '--badge')), badge)}\n`;
  const facts = runs.map(({ start, end }, i) => ({
    path: paths[i],
    name: start.implementation.name,
    version: start.implementation.version,
    conforms: end.conforms,
    paper: end.paper,
    ruling: end.ruling,
  }));
  const text = (): string =>
    runs.map((each) => renderText(each, { color, ...(width === undefined ? {} : { width }) })).join('\n');
  return { value: { runs: facts }, text, files };
}

function only(runs: readonly ConformanceRun[], flag: string): ConformanceRun {
  if (runs.length !== 1) throw new InvalidInput(`${flag}: expected one run, got ${runs.length}`);
  return runs[0];
}
