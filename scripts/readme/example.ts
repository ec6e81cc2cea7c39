/**
 * Examples in a page that are files: between `<!-- example: PATH -->` and `<!-- /example -->` stands the file, whole.
 *
 * @module
 */

const INCLUDED = /<!-- example: (\S+) -->[^]*?<!-- \/example -->/g;

/** The page with each example as its file has it now. */
export function includeExamples(page: string, read: (path: string) => string): string {
  return page.replace(
    INCLUDED,
    (_, path: string) => `<!-- example: ${path} -->\n\`\`\`ts\n${read(path).trimEnd()}\n\`\`\`\n<!-- /example -->`,
  );
}
