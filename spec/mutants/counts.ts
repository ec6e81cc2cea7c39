/**
 * The published rules of how many are kept, as somebody would write them.
 *
 * @module
 */
import type { Count } from '../implementation.ts';

/** How many each silo keeps. */
export function countKept(rule: Exclude<Count, 'quantile'>, sizes: readonly number[], epsilon: number): number[] {
  switch (rule) {
    case 'floor':
    case 'ceil':
    case 'round':
      return sizes.map((size) => Math[rule](epsilon * size));
    case 'largest-remainder': {
      const quotas = sizes.map((size) => epsilon * size);
      const counts = quotas.map(Math.floor);
      const rest = Math.round(epsilon * sum(sizes)) - sum(counts);
      const order = quotas.map((_, s) => s).sort((a, b) => quotas[b] - counts[b] - (quotas[a] - counts[a]));
      for (const s of order.slice(0, rest)) counts[s] += 1;
      return counts;
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
