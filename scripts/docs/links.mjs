// Dead links: of each page of a folder, those to a file that is not there or to a place that the page does not have.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Links and images of a page, without those to other machines. */
function linksOf(html) {
  const found = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link.replaceAll('&amp;', '&'));
  return found.filter((link) => link !== '' && link !== '#' && !/^([a-z]+:|\/\/)/i.test(link));
}

/** @returns for each dead link `page: link`. */
export function findDeadLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  const texts = new Map(pages.map((path) => [normalize(path), readFileSync(join(folder, path), 'utf8')]));
  const places = new Map();
  const placesOf = (path) => {
    const text = texts.get(path);
    if (text === undefined) return undefined;
    if (!places.has(path))
      places.set(path, new Set([...text.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id)));
    return places.get(path);
  };
  return [...texts].flatMap(([path, text]) =>
    [...new Set(linksOf(text))]
      .filter((link) => {
        const [file, place] = link.split('#').map(decodeURIComponent);
        const target = file === '' ? path : normalize(join(dirname(path), file.split('?')[0]));
        if (!existsSync(join(folder, target))) return true;
        return place !== undefined && place !== '' && placesOf(target)?.has(place) === false;
      })
      .map((link) => `${path}: ${link}`),
  );
}
