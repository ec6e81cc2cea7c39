/**
 * A plain table for the terminal: columns as wide as their widest cell, two spaces apart.
 *
 * @module
 */

/** One column: its heading, and the side on which its cells stand. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/**
 * The table's lines, joined; ends with a newline.
 *
 * @example
 * ```ts
 * formatTable([{ heading: 'a' }, { heading: 'n', align: 'right' }], [['x', '1'], ['y', '22']]);
 * ```
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, j) => Math.max(heading.length, ...rows.map((row) => row[j].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, j) => (columns[j].align === 'right' ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(columns.map(({ heading }) => heading)), rule, ...rows.map(line), ''].join('\n');
}

/** 1234567 → "1,234,567". */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 0.0123 → "1.23 %". */
export function formatShare(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Bytes in the unit that leaves one to three digits before the point. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** 75.3 → "1:15"; 3675 → "1:01:15". */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const pair = (n: number): string => String(n).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${pair(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`;
}
