/**
 * Examples in a page that are files: between `<!-- example: PATH -->` and `<!-- /example -->` stands the file as a program that a
 * reader can paste: what it imports from src or spec comes from the package, and nothing is exported.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Pages } from '../generate/generator.ts';

const INCLUDED = /<!-- example: (\S+) -->[^]*?<!-- \/example -->/g;
const IMPORT = /^import \{ ([^}]*) \} from '[./]+\/(src|spec)\/[^']*';\n/gm;
/** The package's entries by the folder that they export. */
const ENTRIES = { src: 'dynamic-subset-tuning', spec: 'dynamic-subset-tuning/conformance' };

export function readmePages(): Pages {
  return new Map([
    ['README.md', includeExamples(readFileSync('README.md', 'utf8'), (path) => readFileSync(path, 'utf8'))],
  ]);
}

/** The page with each example as its file has it now. */
export function includeExamples(page: string, read: (path: string) => string): string {
  return page.replace(
    INCLUDED,
    (_, path: string) =>
      `<!-- example: ${path} -->\n\`\`\`ts\n${asProgram(read(path)).trimEnd()}\n\`\`\`\n<!-- /example -->`,
  );
}

function asProgram(file: string): string {
  const found = [...file.matchAll(IMPORT)].map(([, names, folder]) => ({ names: names.split(', '), folder }));
  const imports = Object.entries(ENTRIES).flatMap(([folder, entry]) => {
    const names = found.filter((each) => each.folder === folder).flatMap((each) => each.names);
    return names.length === 0 ? [] : [`import { ${names.sort().join(', ')} } from '${entry}';\n`];
  });
  const body = file
    .replaceAll(IMPORT, '')
    .replaceAll(/^export /gm, '')
    .trimStart();
  return imports.length === 0 ? body : `${imports.join('')}\n${body}`;
}
