/**
 * The table on top of docs/rulings.md, from the sections below it, and the same for the kit's reports.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.ts';
import { fillSection } from '../../html/section.ts';
import type { Pages } from '../generate/generator.ts';
import { escapeCell } from './render.ts';
import { readRulings, type Ruling } from './rulings.ts';

/** docs/rulings.md with its table, and what a failure says of a ruling. */
export function rulingPages(): Pages {
  const path = 'docs/rulings.md';
  const page = readFileSync(join(packageRoot(), path), 'utf8');
  const rulings = readRulings(page);
  return new Map([
    [path, fillSection(page, 'rulings', renderRulingTable(rulings), path)],
    ['spec/diagnosis/rulings.json', `${JSON.stringify(rulings.map(toRow), null, 2)}\n`],
  ]);
}

/** Without the marks of Markdown. */
function toRow({ id, question, default: taken, option, laws }: Ruling): object {
  const plain = (text: string): string => text.replaceAll('`', '').replaceAll('\\|', '|');
  return { id, question: plain(question), says: plain(taken), others: plain(option), laws };
}

/**
 * One row for each ruling.
 *
 * @throws Error naming each ruling that lacks a question, a default or an option.
 */
export function renderRulingTable(rulings: readonly Ruling[]): string {
  const rows = rulings.map(({ id, question, default: taken, option }) => {
    const cells = { question, default: taken, option };
    for (const [name, cell] of Object.entries(cells)) {
      if (cell === '') throw new Error(`docs/rulings.md ${id}: expected an item ${name}, got none`);
    }
    return `| [${id}](#${id}) | ${Object.values(cells).map(escapeCell).join(' | ')} |`;
  });
  return ['| id | question | default | option |', '|---|---|---|---|', ...rows].join('\n');
}
