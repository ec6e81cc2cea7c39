/**
 * Examples in a page that are files: between `<!-- example: PATH -->` and `<!-- /example -->` stands the file as a program that a
 * reader can paste: what it imports from src comes from the package, and nothing is exported.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Pages } from '../generate/generator.ts';

const INCLUDED = /<!-- example: (\S+) -->[^]*?<!-- \/example -->/g;
const IMPORT = /^import \{ ([^}]*) \} from '[./]+\/src\/[^']*';\n/gm;

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
  const names = [...file.matchAll(IMPORT)].flatMap(([, each]) => each.split(', ')).sort();
  const body = file
    .replaceAll(IMPORT, '')
    .replaceAll(/^export /gm, '')
    .trimStart();
  return names.length === 0 ? body : `import { ${names.join(', ')} } from 'dynamic-subset-tuning';\n\n${body}`;
}
