/**
 * The three silo strategies (Section 3.2), by grouping names.
 *
 * @module
 */
import type { ParameterDescription, Strategy } from '../implementation.ts';

/** Which silo a parameter belongs to: parameters of one key share one silo. */
export function computeSiloKey(strategy: Strategy, { module, layer }: ParameterDescription): string {
  switch (strategy) {
    case 'none':
      return '';
    case 'per-module':
      return module;
    case 'per-module-and-layer':
      return `${module} ${layer ?? 'outside the layers'}`;
  }
}

/** The silos as lists of names, in no particular order. */
export function computeSilos(strategy: Strategy, parameters: readonly ParameterDescription[]): string[][] {
  const silos = new Map<string, string[]>();
  for (const parameter of parameters) {
    const key = computeSiloKey(strategy, parameter);
    silos.set(key, [...(silos.get(key) ?? []), parameter.name]);
  }
  return [...silos.values()];
}

/** Silos are sets of sets: sorted, so that two can be compared as text. */
export function sortSilos(silos: readonly (readonly string[])[]): string[] {
  return silos.map((names) => JSON.stringify([...names].sort())).sort();
}
