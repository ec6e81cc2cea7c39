// Builds docs/api: TypeDoc's pages, and beside them KaTeX's style sheet and fonts, so that nothing is fetched from elsewhere,
// and a copy of the source;
// then every link of every page has to lead somewhere, and the search has to list an anchor first when it is typed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageOf, readAnchors } from './docs/anchors.mjs';
import { findDeadLinks } from './docs/links.mjs';
import { openSearch } from './docs/search.mjs';
import { copySource } from './docs/source.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'docs', 'api');
const katex = join(root, 'node_modules', 'katex', 'dist');

const typedoc = join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
const { status } = spawnSync(process.execPath, [typedoc], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
mkdirSync(join(out, 'assets', 'katex'), { recursive: true });
cpSync(join(katex, 'fonts'), join(out, 'assets', 'katex', 'fonts'), {
  recursive: true,
  filter: (path) => !/\.(ttf|woff)$/.test(path),
});
cpSync(join(katex, 'katex.min.css'), join(out, 'assets', 'katex', 'katex.min.css'));
copySource(root, out);

const dead = findDeadLinks(out);
for (const link of dead) console.error(`docs: expected a link that leads somewhere, got ${link}`);

const search = await openSearch(out);
const unfound = [];
for (const { anchor } of readAnchors()) {
  const [first = 'nothing'] = await search(anchor);
  if (!first.endsWith(pageOf(anchor))) unfound.push({ anchor, first });
}
for (const { anchor, first } of unfound)
  console.error(`docs: search: expected ${pageOf(anchor)} first for ${anchor}, got ${first}`);

if (dead.length + unfound.length > 0) process.exitCode = 1;
