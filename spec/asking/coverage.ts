/**
 * What a run has asked, operation by operation: sizes, options, pairs of options; and what of that which it should ask is
 * missing. What should be asked follows from what is claimed, by the tables that the inputs are drawn from.
 *
 * @module
 */
import type { Capabilities, Operation } from '../implementation.ts';
import { sizeOf } from '../implementation.ts';
import { missingChoice } from '../laws/law.ts';
import { factorsOf, trainingOptimizers } from './factors.ts';
import type { Layout, Rank } from './factors.ts';
import type { Asked } from './hear.ts';
import type { Factors } from './pairs.ts';
import { EDGES, LARGE, MANY_SILOS, MANY_STEPS, sizesOf } from './sizes.ts';

/** A row of the table: one operation. */
export interface OperationCoverage {
  readonly operation: Operation;
  /** Requests that were answered with an output. */
  readonly requests: number;
  /** How often vectors or silos of each size were asked; smaller, larger and other ones in ranges. */
  readonly sizes: Readonly<Record<string, number>>;
  /** How often each option was given, in which way, or left out: by optimizer and method. */
  readonly options: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  /** Of the pairs that two options can make, how many were asked. */
  readonly pairs: { readonly asked: number; readonly of: number };
  /** What should have been asked and was not, by name. */
  readonly holes: readonly string[];
}

/** Counts by name. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, times = 1): void {
    this.#counts.set(name, this.of(name) + times);
  }

  addAll(other: Tally): void {
    for (const [name, times] of other.#counts) this.add(name, times);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }
}

/** Requests that give the same options in the same ways: their pairs are named once, when the table is made. */
interface Combination {
  readonly group: string;
  readonly levels: readonly string[];
  count: number;
}

/** What has been asked of an operation. */
class Log {
  readonly factors: ReadonlyMap<string, Factors>;
  readonly #sizes = new Tally();
  readonly #combinations = new Map<string, Combination>();

  constructor(operation: Operation, claims: Capabilities) {
    this.factors = factorsOf(operation, claims);
  }

  note(asked: Asked): void {
    this.#sizes.add(REQUESTS);
    for (const name of namesOf(asked)) this.#sizes.add(name);
    const group = groupOf(asked);
    const factors = this.factors.get(group);
    if (factors === undefined) return;
    const fields = fieldsOf(asked);
    const levels = Object.keys(factors).map((name) => levelName(name, fields.get(name)));
    const key = [group, ...levels].join();
    const known = this.#combinations.get(key);
    if (known === undefined) this.#combinations.set(key, { group, levels, count: 1 });
    else known.count += 1;
  }

  add(other: Log): void {
    this.#sizes.addAll(other.#sizes);
    for (const [key, combination] of other.#combinations) {
      const known = this.#combinations.get(key);
      if (known === undefined) this.#combinations.set(key, { ...combination });
      else known.count += combination.count;
    }
  }

  /** The counts of sizes, options and pairs of options. */
  counts(): Tally {
    const counts = new Tally();
    counts.addAll(this.#sizes);
    for (const { group, levels, count } of this.#combinations.values()) {
      for (const name of [...levels, ...pairsAmong(levels.map((level) => [level]))])
        counts.add(`${group}: ${name}`, count);
    }
    return counts;
  }
}

export class Coverage {
  readonly #claims: Capabilities;
  readonly #logs = new Map<Operation, Log>();

  constructor(claims: Capabilities) {
    this.#claims = claims;
  }

  /** Counts a request. */
  note(asked: Asked): void {
    this.#logOf(asked.op).note(asked);
  }

  /** Counts what another has counted. */
  add(other: Coverage): void {
    for (const [operation, log] of other.#logs) this.#logOf(operation).add(log);
  }

  #logOf(operation: Operation): Log {
    const log = this.#logs.get(operation) ?? new Log(operation, this.#claims);
    this.#logs.set(operation, log);
    return log;
  }

  /** A row for each operation that is claimed. */
  table(): OperationCoverage[] {
    const { operations } = this.#claims;
    return operations
      .filter((operation) => missingChoice(operation, this.#claims) === undefined)
      .map((operation) => this.#rowOf(operation));
  }

  #rowOf(operation: Operation): OperationCoverage {
    const log = this.#logOf(operation);
    const tally = log.counts();
    const groups = [...log.factors];
    const options = groups.map(([group, factors]) => {
      const ofLevel = (name: string, level: string): number => tally.of(`${group}: ${name} ${level}`);
      const counts = Object.entries(factors).map(([name, levels]) => [
        name,
        Object.fromEntries(namesOfLevels(levels).map((level) => [level, ofLevel(name, level)])),
      ]);
      return [group === '' ? operation : group, Object.fromEntries(counts)] as const;
    });
    const pairs = groups.flatMap(([group, factors]) =>
      pairsAmong(levelsOf(factors)).map((pair) => `${group}: ${pair}`),
    );
    const alone = groups.flatMap(([group, factors]) =>
      levelsOf(factors)
        .flat()
        .map((level) => `${group}: ${level}`),
    );
    const required = [...namesRequired(operation, this.#claims), ...alone, ...pairs];
    return {
      operation,
      requests: tally.of(REQUESTS),
      sizes: Object.fromEntries(SIZE_NAMES.map((name) => [name, tally.of(`size ${name}`)])),
      options: Object.fromEntries(options),
      pairs: { asked: pairs.filter((pair) => tally.of(pair) > 0).length, of: pairs.length },
      holes: required.filter((name) => tally.of(name) === 0).map((name) => name.replace(/^: /, '')),
    };
  }
}

const REQUESTS = 'requests';

/** `1–14`, then the edges one by one, what lies between and beyond them, the large one. */
const SIZE_NAMES = [`1–${EDGES[0] - 1}`, ...EDGES.map(String), 'others', String(LARGE)];

function sizeName(size: number): string {
  if (size < EDGES[0]) return SIZE_NAMES[0];
  return EDGES.includes(size) || size === LARGE ? String(size) : 'others';
}

/** What of a request's sizes is counted: each silo's length, or the vector's; how many silos; how many steps. */
function namesOf({ op, input }: Asked): string[] {
  const sizes = (all: readonly number[]): string[] => [...new Set(all.map((size) => `size ${sizeName(size)}`))];
  const steps = (gradients: readonly unknown[]): string[] => [`${gradients.length} steps`];
  switch (op) {
    case 'silos':
      return [...sizes([input.parameters.length]), `${input.parameters.length} parameters`];
    case 'distance':
    case 'overlap':
      return sizes([input.seed.length]);
    case 'threshold':
      return sizes([input.distances.length]);
    case 'project':
      return [...sizes(input.silos), `${input.silos.length} silos`];
    case 'optimize':
      return [...sizes([input.parameters.length]), ...steps(input.gradients)];
    case 'train':
      return [...sizes(input.silos), `${input.silos.length} silos`, ...steps(input.gradients)];
  }
}

/** The same names, of what a run should ask. Long silos, many of them and many steps are asked with the quantile. */
function namesRequired(operation: Operation, claims: Capabilities): string[] {
  const sizes = sizesOf(operation, claims).map((size) => `size ${size}`);
  switch (operation) {
    case 'silos':
      return [`${MANY_SILOS} parameters`];
    case 'distance':
    case 'threshold':
    case 'overlap':
      return sizes;
    case 'optimize':
      return [...sizes, ...(trainingOptimizers(claims).includes('adafactor') ? [`${MANY_STEPS} steps`] : [])];
    case 'project':
      return claims.thresholds.includes('quantile') ? [...sizes, `${MANY_SILOS} silos`] : [];
    case 'train':
      return claims.thresholds.includes('quantile') && trainingOptimizers(claims).length > 0
        ? [...sizes, `${MANY_SILOS} silos`, `${MANY_STEPS} steps`]
        : [];
  }
}

/** Which optimizer and which method a request names, as {@link factorsOf} calls its groups. */
function groupOf({ op, input }: Asked): string {
  switch (op) {
    case 'silos':
    case 'distance':
    case 'overlap':
      return '';
    case 'threshold':
    case 'project':
      return input.method;
    case 'optimize':
      return input.optimizer.name === 'adafactor' ? (input.optimizer.dialect ?? 't5x') : input.optimizer.name;
    case 'train':
      return `${input.optimizer.name} ${input.method}`;
  }
}

/** A request's fields and its optimizer's, and how its tensors and silos lie. */
function fieldsOf({ op, input }: Asked): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(input));
  if (op !== 'optimize' && op !== 'train') return fields;
  for (const [name, value] of Object.entries(input.optimizer)) fields.set(name, value);
  fields.set('rank', highestRank(op === 'optimize' ? [input.shape] : input.shapes));
  if (op === 'train') fields.set('layout', layoutOf(input.shapes.map(sizeOf), input.silos));
  return fields;
}

function highestRank(shapes: readonly (readonly number[])[]): Rank {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return rank > 2 ? 'stack' : rank === 2 ? 'matrix' : 'vector';
}

/** How silos lie to tensors; undefined if in none of the named ways. */
function layoutOf(tensors: readonly number[], silos: readonly number[]): Layout | undefined {
  const [ends, cuts] = [endsOf(tensors), endsOf(silos)];
  const isCut = [...ends].every((end) => cuts.has(end));
  const isWhole = [...cuts].every((cut) => ends.has(cut));
  if (isCut && isWhole) return 'tensors';
  if (isCut) return 'within';
  if (!isWhole) return undefined;
  return cuts.size === 1 ? 'whole' : 'across';
}

function endsOf(lengths: readonly number[]): Set<number> {
  let end = 0;
  return new Set(lengths.map((length) => (end += length)));
}

/** An option and how it was asked: left out, given, or by its own name. */
function levelName(name: string, value: unknown): string {
  return `${name} ${levelOf(value)}`;
}

function levelOf(value: unknown): string {
  if (value === undefined) return 'left out';
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : 'given';
}

function namesOfLevels(levels: readonly unknown[]): string[] {
  return [...new Set(levels.map(levelOf))];
}

/** The names of each factor's levels. */
function levelsOf(factors: Factors): string[][] {
  return Object.entries(factors).map(([name, levels]) => namesOfLevels(levels).map((level) => `${name} ${level}`));
}

/** Each level of each factor with each of the later ones. */
function pairsAmong(factors: readonly (readonly string[])[]): string[] {
  return factors.flatMap((levels, place) =>
    levels.flatMap((a) => factors.slice(place + 1).flatMap((others) => others.map((b) => `${a}, ${b}`))),
  );
}
