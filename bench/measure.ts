/**
 * One measurement with tinybench, and a table of them.
 *
 * @module
 */
import { Bench } from 'tinybench';

/** Milliseconds of one call: the median, and the quartile and the least around it. */
export interface Timing {
  readonly median: number;
  readonly thirdQuartile: number;
  readonly least: number;
}

export const isQuick = process.argv.includes('--quick');
export const isJson = process.argv.includes('--json');

/** Repeats `run` for a while after warming up. */
export async function measure(name: string, run: () => void): Promise<Timing> {
  const bench = new Bench({ time: isQuick ? 100 : 1000, warmupTime: isQuick ? 50 : 250, iterations: 5, throws: true });
  bench.add(name, run);
  const [task] = await bench.run();
  const { result } = task;
  if (!('latency' in result)) throw new Error(`${name}: expected a measurement, got ${result.state}`);
  const { p50, p75, min } = result.latency;
  return { median: p50, thirdQuartile: p75, least: min };
}

/** Columns of text, the first to the left and the others to the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
  }
}
