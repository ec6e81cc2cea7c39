// A copy of the source in the documentation: a page for each file, a place for each line, so that "Defined in" leads somewhere offline.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const STYLE = `body{margin:0;font:14px/1.5 monospace;background:#fff;color:#111}h1{font-size:16px;margin:1em}
pre{margin:0;padding:0 1em 60vh;overflow-x:auto}span:target{background:#ffeb99}span[id]::before{content:attr(data-n);color:#777;
display:inline-block;width:3.5em;user-select:none}@media(prefers-color-scheme:dark){body{background:#1e1e1e;color:#ddd}
span:target{background:#554400}}`;

function page(path, text) {
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line, i) => `<span id="L${i + 1}" data-n="${i + 1}">${escape(line)}</span>`).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${path}</title><style>${STYLE}</style><h1>${path}</h1><pre>${body}</pre></html>\n`;
}

/** Writes `out`/source/PATH.html for each file of src/, PATH as it lies in there. */
export function copySource(root, out) {
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(join(root, 'src'), file).replaceAll('\\', '/');
    const target = join(out, 'source', `${path}.html`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, page(`src/${path}`, readFileSync(file, 'utf8')));
  }
}
