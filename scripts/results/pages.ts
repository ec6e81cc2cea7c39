/**
 * The pages of a run of `dst demo`, one of several random seeds or of one. The main job has a page of its own and a
 * sentence in README, translation a section of its page, both a chart.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillSection } from '../../html/section.ts';
import { wrong } from '../../src/errors.ts';
import type { Pages } from '../generate/generator.ts';
import { renderCharts, sectionOf } from './chart.ts';
import { readReport } from './read.ts';
import { renderSentence } from './sentence.ts';
import { renderTable } from './table.ts';

const CHARTS = 'docs/img';

/** @throws InvalidInput if there is not one folder, or its result is not that of `dst demo`. */
export function resultPages(folders: readonly string[]): Pages {
  if (folders.length !== 1)
    throw wrong('generate results', 'the folder of one run of dst demo', `${folders.length} folders`);
  const run = readReport(join(folders[0], 'result.json'));
  const name = sectionOf(run);
  const sections: [path: string, section: string, text: string][] = [[`docs/${name}.md`, name, renderTable(run)]];
  if (name === 'main-job') sections.push(['README.md', 'in-a-sentence', renderSentence(run)]);
  return new Map([
    ...sections.map(
      ([path, section, text]) => [path, fillSection(readFileSync(path, 'utf8'), section, text, path)] as const,
    ),
    ...[...renderCharts(run)].map(([chart, svg]) => [join(CHARTS, chart), svg] as const),
  ]);
}
