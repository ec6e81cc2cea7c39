/**
 * How wide text is in DejaVu Sans 2.37, one of the widest system fonts: what labels are laid out for must be no narrower.
 *
 * @module
 */

/** Units of an em. */
const EM = 2048;
const FIRST = 0x20;
/** Advance widths of U+0020 to U+007E, from the font's own `hmtx` table. */
// prettier-ignore
const ADVANCES = [
  651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690,
  1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087,
  2048, 1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612,
  1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799, 690, 799, 1716, 1024,
  1024, 1255, 1300, 1126, 1300, 1260, 721, 1300, 1298, 569, 569, 1186, 569, 1995, 1298, 1253,
  1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690, 1303, 1716,
];
const OTHERS: Readonly<Record<string, number>> = { ε: 1107, τ: 1233, θ: 1253, '\u202f': 409, '’': 651, '·': 651 };

/** The width of a text in pixels; a character that is not listed counts as a whole em. */
export function dejaVuWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => {
    const advance = OTHERS[character] ?? ADVANCES[character.charCodeAt(0) - FIRST] ?? EM;
    return sum + (size * advance) / EM;
  }, 0);
}
