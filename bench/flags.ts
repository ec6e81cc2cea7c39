/**
 * What the programs that stand alone share: their two flags, and a table of text.
 *
 * @module
 */
export const isQuick = process.argv.includes('--quick');
export const isJson = process.argv.includes('--json');

/** Columns of text, the first to the left and the others to the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
  }
}
