/**
 * The table on top of docs/rulings.md, from the sections below it.
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

/** docs/rulings.md with its table. */
export function rulingPages(): Pages {
  const path = 'docs/rulings.md';
  const page = readFileSync(join(packageRoot(), path), 'utf8');
  return new Map([[path, fillSection(page, 'rulings', renderRulingTable(readRulings(page)), path)]]);
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
