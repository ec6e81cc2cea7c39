/**
 * Silos: the partition $\mathcal S$ of the parameters, each part with a budget of its own (Eq. 2).
 *
 * @module
 */
import { unknownName, wrong } from '../errors.ts';
import { anyText, having, list, real, type Check } from '../kinds.ts';
import { countElements, elementCount } from '../tensor/shape.ts';
import { SILO_STRATEGIES, type Silo, type SiloStrategy, type Range } from './notation.ts';
import { withoutAliases } from './parameters.ts';
import type { Parameter } from '../tensor/parameter.ts';

export interface PartitionOptions {
  /** A coarser grouping: modules that it maps to one word share a silo. The identity by default. */
  readonly group?: (module: string) => string;
}

/** A tensor, or one layer's slice of a stacked tensor. */
interface Slice {
  readonly parameter: Parameter;
  readonly layer: number | null;
  readonly ranges: readonly Range[];
}

/**
 * Parts the parameters into silos: disjoint, non-empty, exhaustive. `none`: one silo; `per-module`: one for each
 * module, all layers together; `per-module-and-layer`: one for each module of each layer. What stands outside the
 * layers (embedding, final norm, unembedding) is a module of its own in both.
 *
 * @equation 2
 * @ruling amb-9
 * @ruling amb-15
 * @ruling amb-16
 * @restored
 * @returns the silos in the order in which their first tensors are listed.
 * @throws {@link InvalidInput} for an unknown strategy, or tensors that leave gaps or overlap in part.
 * @example
 * ```ts
 * const query = (layer: number) => ({ name: `layers/${layer}/query`, module: 'layers/query', layer, shape: [4], offset: 4 * layer });
 * partition([query(0), query(1)], 'per-module').map((silo) => silo.name); // ['layers/query']
 * partition([query(0), query(1)], 'per-module-and-layer').map((silo) => silo.name); // ['layers/query@0', 'layers/query@1']
 * ```
 */
export function partition(
  parameters: readonly Parameter[],
  strategy: SiloStrategy,
  options: PartitionOptions = {},
): Silo[] {
  if (!SILO_STRATEGIES.includes(strategy)) throw unknownName('silos', SILO_STRATEGIES, strategy);
  const group = options.group ?? ((module: string) => module);
  const parts = new Map<string, { module: string | null; layer: number | null; slices: Slice[] }>();
  const tensors = withoutAliases(parameters);
  for (const slice of tensors.flatMap((parameter) => slices(parameter))) {
    const { module, layer } = shared(strategy, group(slice.parameter.module), slice.layer);
    const name = module === null ? 'all' : layer === null ? module : `${module}@${layer}`;
    const part = parts.get(name);
    if (part === undefined) parts.set(name, { module, layer, slices: [slice] });
    else part.slices.push(slice);
  }
  const silos = [...parts].map(([name, part]) => createSilo(name, part.module, part.layer, part.slices));
  checkPartition(silos, countElements(tensors));
  return silos;
}

/** What the parameters of one silo share; null for what they need not. */
function shared(strategy: SiloStrategy, module: string, layer: number | null): Pick<Silo, 'module' | 'layer'> {
  switch (strategy) {
    case 'none':
      return { module: null, layer: null };
    case 'per-module':
      return { module, layer: null };
    case 'per-module-and-layer':
      return { module, layer };
  }
}

/**
 * Silos of the given lengths that follow one another, for vectors that belong to no model.
 *
 * @equation 2
 * @restored
 */
export function consecutiveSilos(lengths: readonly number[]): Silo[] {
  let offset = 0;
  return lengths.map((length, index) => {
    const ranges = [{ offset, length }];
    offset += length;
    return { name: `silo ${index}`, module: null, layer: null, members: [], ranges, size: length };
  });
}

/**
 * The laws of a partition: every silo non-empty, every one of the `size` parameters in exactly one of them.
 *
 * @equation 2
 * @restored
 * @throws {@link InvalidInput} that names the silo and the parameter if a law is broken.
 */
export function checkPartition(silos: readonly Silo[], size: number): void {
  checkSilos(silos, 'silos');
  for (const { name, ranges, size: m } of silos) {
    const sum = sumOf(ranges.map(({ length }) => length));
    if (ranges.length === 0 || !ranges.every(({ length }) => Number.isSafeInteger(length) && length > 0)) {
      throw wrong(`silo "${name}"`, 'ranges of one parameter or more', 'an empty one');
    }
    const misplaced = ranges.find(({ offset }) => !Number.isSafeInteger(offset) || offset < 0);
    if (misplaced !== undefined) throw wrong(`silo "${name}"`, 'whole numbers from 0 as offsets', misplaced.offset);
    if (m !== sum) throw wrong(`silo "${name}"`, `the size ${sum} of its ranges`, m);
    if (ranges.some(({ offset }, i) => i > 0 && offset < ranges[i - 1].offset + ranges[i - 1].length)) {
      throw wrong(`silo "${name}"`, 'ranges in ascending order, apart from one another', 'others');
    }
  }
  const runs = silos.flatMap(({ name, ranges }) => ranges.map((range) => ({ name, ...range })));
  runs.sort((a, b) => a.offset - b.offset);
  let [end, before] = [0, ''];
  for (const { name, offset, length } of runs) {
    if (offset < end) throw wrong('silos', `parameter ${offset} in one silo`, `"${before}" and "${name}"`);
    if (offset > end) throw wrong('silos', `parameter ${end} in one silo`, 'none');
    [end, before] = [offset + length, name];
  }
  if (end !== size) throw wrong('silos', `${size} parameters in all`, end);
}

/** @throws {@link InvalidInput} for what is no list of silos. */
export const checkSilos: Check<readonly object[]> = list(
  having('a silo', {
    name: anyText,
    ranges: list(having('a range { offset, length }', { offset: real, length: real })),
    size: real,
  }),
);

function createSilo(name: string, module: string | null, layer: number | null, slices: readonly Slice[]): Silo {
  const ranges = merge(slices.flatMap((slice) => slice.ranges));
  const members = [...new Set(slices.map((slice) => slice.parameter.name))];
  return { name, module, layer, members, ranges, size: sumOf(ranges.map(({ length }) => length)) };
}

/** A tensor's slices by layer: itself, or of a stacked tensor one for each position of its stacked axis. */
function slices(parameter: Parameter): Slice[] {
  const { offset, shape, stackedAxis } = parameter;
  if (stackedAxis === undefined) {
    return [{ parameter, layer: parameter.layer, ranges: [{ offset, length: elementCount(shape) }] }];
  }
  const outer = elementCount(shape.slice(0, stackedAxis));
  const inner = elementCount(shape.slice(stackedAxis + 1));
  const layers = shape[stackedAxis];
  return Array.from({ length: layers }, (_, layer) => ({
    parameter,
    layer,
    ranges: Array.from({ length: outer }, (_, row) => ({
      offset: offset + (row * layers + layer) * inner,
      length: inner,
    })),
  }));
}

/** In ascending order, and those that follow one another as one: fewer and longer runs for the kernels. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: { offset: number; length: number }[] = [];
  for (const { offset, length } of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last !== undefined && last.offset + last.length === offset) last.length += length;
    else merged.push({ offset, length });
  }
  return merged;
}

function sumOf(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}
