// Asks the search of the built documentation, in the pages' own script.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { parseHTML } from 'linkedom';

const { atob, Blob, Response, DecompressionStream, setImmediate, clearImmediate } = globalThis;

/** The first page in `folder`, without what linkedom has no setter for. The search needs none of it. */
function openPage(folder) {
  const { document } = parseHTML(readFileSync(join(folder, 'index.html'), 'utf8'));
  for (const control of document.querySelectorAll('#tsd-theme, .tsd-filter-item')) control.remove();
  const classes = Object.getPrototypeOf(document.body.classList);
  Object.defineProperty(classes, 'value', { ...Object.getOwnPropertyDescriptor(classes, 'value'), set() {} });
  return document;
}

/** @returns what asks the search of the pages in `folder`: the links that it lists for a text, best first. */
export async function openSearch(folder) {
  const document = openPage(folder);
  const context = {
    document,
    navigator: { userAgent: '' },
    location: new URL('file:///'),
    addEventListener() {},
    atob,
    Blob,
    Response,
    DecompressionStream,
    Uint8Array,
    console,
    setTimeout: (callback) => setImmediate(callback), // nobody is typing, so there is no next letter to wait for
    clearTimeout: clearImmediate,
  };
  Object.assign(context, { window: context });
  for (const script of ['icons', 'search', 'main'])
    runInNewContext(readFileSync(join(folder, 'assets', `${script}.js`), 'utf8'), context);
  const status = document.getElementById('tsd-search-status');
  while (status.textContent.trim() !== '') await turn(); // the index is being unpacked

  return async (text) => {
    const field = document.getElementById('tsd-search-input');
    field.value = text;
    field.dispatchEvent(new document.defaultView.Event('input'));
    await turn();
    return [...document.querySelectorAll('#tsd-search-results a')].map((link) => link.getAttribute('href'));
  };
}
