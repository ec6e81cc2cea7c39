/**
 * What a comparison of methods can have in it: each method at each of its sizes. Rows are found by method and size, or by id.
 *
 * @module
 */
import { METHODS } from '../../src/train/methods.ts';
import { METHOD_NAMES, type MethodName } from '../../src/train/names.ts';
import { isOpenTask } from '../../src/data/tasks.ts';

/** One training run of a comparison. */
export interface DemoMethod {
  /** What it is found by, and the name of its folder: `dst-0.01`, `full`. */
  readonly id: string;
  /** As a reader sees it, without ε. */
  readonly label: string;
  readonly method: MethodName;
  /** null if the method has none. */
  readonly epsilon: number | null;
  /** How its thresholds are found, if not by exact selection. */
  readonly threshold?: 'iterative';
}

/** The id of a method at an ε. */
export function idOf(method: MethodName, epsilon: number | null): string {
  return epsilon === null ? method : `${method}-${epsilon}`;
}

function rowsOf(method: MethodName): DemoMethod[] {
  const { size, epsilons } = METHODS[method];
  const sizes = size === 'epsilon' ? epsilons : [null];
  return sizes.map((epsilon) => rowAt(method, epsilon));
}

function rowAt(method: MethodName, epsilon: number | null): DemoMethod {
  return { id: idOf(method, epsilon), label: METHODS[method].label, method, epsilon };
}

/** All that a sweep can search. What has an ε is first: DST takes longest, and no processor is to idle at the end. */
export const DEMO_METHODS: readonly DemoMethod[] = [
  ...METHOD_NAMES.flatMap(rowsOf).filter(({ epsilon }) => epsilon !== null),
  ...METHOD_NAMES.flatMap(rowsOf).filter(({ epsilon }) => epsilon === null),
];

/** DST with the paper's iterative threshold, at the learning rate of the exact one: beside the others if it is asked for. */
export const ITERATIVE: DemoMethod = {
  ...rowAt('dst', 0.01),
  id: 'dst-0.01-iterative',
  label: `${METHODS.dst.label}, Algorithm 2`,
  threshold: 'iterative',
};

/**
 * The methods that are compared on a task. Some are left out if an answer can be any text: to measure those takes long.
 *
 * @param algorithm2 - whether DST with the iterative threshold is among them.
 */
export function methodsOf(task: string, algorithm2 = false): readonly DemoMethod[] {
  const methods = DEMO_METHODS.filter(({ method }) => isCompared(method, task));
  return algorithm2 ? [...methods, ITERATIVE] : methods;
}

function isCompared(method: MethodName, task: string): boolean {
  switch (METHODS[method].compared) {
    case 'always':
      return true;
    case 'with-classes':
      return !isOpenTask(task);
    case 'on-request':
      return false;
  }
}

/** What rows of a method are found by. */
type Found = Pick<DemoMethod, 'method' | 'epsilon' | 'threshold'>;

/** The rows of a method with exact thresholds, in their order. */
export function ofMethod<T extends Found>(rows: readonly T[], name: MethodName): T[] {
  return rows.filter(({ method, threshold }) => method === name && threshold === undefined);
}

/** The row of a method at an ε, with exact thresholds. */
export function atEpsilon<T extends Found>(
  rows: readonly T[],
  name: MethodName,
  epsilon: number | null,
): T | undefined {
  return ofMethod(rows, name).find((row) => row.epsilon === epsilon);
}

/** The id of the method whose subset stands at the top of the run's folder and answers `dst generate --model runs/latest`. */
export const SHOWN = idOf('dst', 0.01);

/** `DST ε = 1 %`. */
export function labelOf({ label, epsilon }: Pick<DemoMethod, 'label' | 'epsilon'>): string {
  return epsilon === null ? label : `${label} ε = ${formatEpsilon(epsilon)}`;
}

/** 0.001 → "0.1 %". */
export function formatEpsilon(epsilon: number): string {
  return `${Number((100 * epsilon).toPrecision(12))} %`;
}
