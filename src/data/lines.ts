/**
 * Lines of a text file, checked.
 *
 * @module
 */
import { wrong } from '../errors.ts';

const LINE_FEED = 0x0a;

/** A byte order mark, which says of a file that it is UTF-8. Anywhere else than at its beginning it is a character. */
const MARK = /^\uFEFF/;

/**
 * The lines of a file's bytes, without their ends (LF or CR LF, as sacreBLEU reads its files: a lone CR, U+0085 or U+2028
 * ends no line). An empty last line is the end of the line before it.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} naming file and line if the bytes are no UTF-8.
 */
export function splitLines(bytes: Uint8Array, where: string): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    lines.push(decodeLine(decoder, bytes.subarray(start, end), `${where}:${lines.length + 1}`));
    start = end + 1;
  }
  return lines.map((line, i) => (i === 0 ? line.replace(MARK, '') : line));
}

function decodeLine(decoder: TextDecoder, line: Uint8Array, where: string): string {
  try {
    return decoder.decode(line).replace(/\r$/, '');
  } catch {
    throw wrong(where, 'text in UTF-8', 'bytes that are none');
  }
}
