/**
 * The documents of the repository.
 *
 * @module
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['docs', ...['conformance', 'decisions', 'performance', 'guides'].map((name) => `docs/${name}`)];

/** Paths of the repository's pages in Markdown, but for what a command makes. */
export function documents(root: string): string[] {
  const inFolders = FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inFolders.filter((path) => path.endsWith('.md'))];
}
