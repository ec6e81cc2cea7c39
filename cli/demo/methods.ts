/**
 * The methods that the main job compares.
 *
 * @module
 */
import type { MethodName } from '../../src/train/names.ts';
import { isOpenTask } from '../../src/train/tasks.ts';

/** One training run of the main job. */
export interface DemoMethod {
  /** As a reader sees it. */
  readonly label: string;
  readonly method: MethodName;
  /** null for full fine-tuning. */
  readonly epsilon: number | null;
  /** The name of its folder. */
  readonly slug: string;
  /** How its thresholds are found, where not by exact selection. */
  readonly threshold?: 'iterative';
}

/** Longest first, so that no processor idles at the end: DST costs more than full fine-tuning. */
export const DEMO_METHODS: readonly DemoMethod[] = [
  { label: 'DST', method: 'dst', epsilon: 0.1, slug: 'dst-0.1' },
  { label: 'DST', method: 'dst', epsilon: 0.01, slug: 'dst-0.01' },
  { label: 'DST', method: 'dst', epsilon: 0.001, slug: 'dst-0.001' },
  { label: 'random mask', method: 'random', epsilon: 0.01, slug: 'random-0.01' },
  { label: 'full fine-tuning', method: 'full', epsilon: null, slug: 'full' },
];

/** The label of {@link ITERATIVE}. */
export const ALGORITHM_2 = 'DST, Algorithm 2';

/** DST with the paper's iterative threshold, at the learning rate of the exact one: beside the others where it is asked for. */
const ITERATIVE: DemoMethod = {
  ...{ label: ALGORITHM_2, method: 'dst', epsilon: 0.01, slug: 'dst-0.01-iterative' },
  threshold: 'iterative',
};

/**
 * The methods that are compared on a task: without the random mask where an answer can be any text, whose measurements
 * take long.
 *
 * @param algorithm2 - whether DST with the iterative threshold is among them.
 */
export function methodsOf(task: string, algorithm2 = false): readonly DemoMethod[] {
  const methods = DEMO_METHODS.filter(({ method }) => method !== 'random' || !isOpenTask(task));
  return algorithm2 ? [...methods, ITERATIVE] : methods;
}

/** The method whose subset stands at the top of the run's folder and answers `dst generate --model runs/latest`. */
export const SHOWN = 'dst-0.01';

/** `DST ε = 1 %`. */
export function labelOf(label: string, epsilon: number | null): string {
  return epsilon === null ? label : `${label} ε = ${formatEpsilon(epsilon)}`;
}

/** 0.001 → "0.1 %". */
export function formatEpsilon(epsilon: number): string {
  return `${Number((100 * epsilon).toPrecision(12))} %`;
}

/** The folder's name of the method with that label and ε; empty for a baseline. */
export function slugOf(label: string, epsilon: number | null): string {
  return DEMO_METHODS.find((method) => method.label === label && method.epsilon === epsilon)?.slug ?? '';
}
