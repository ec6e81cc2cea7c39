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
}

/** Longest first, so that no processor idles at the end: DST costs more than full fine-tuning. */
export const DEMO_METHODS: readonly DemoMethod[] = [
  { label: 'DST', method: 'dst', epsilon: 0.1, slug: 'dst-0.1' },
  { label: 'DST', method: 'dst', epsilon: 0.01, slug: 'dst-0.01' },
  { label: 'DST', method: 'dst', epsilon: 0.001, slug: 'dst-0.001' },
  { label: 'random mask', method: 'random', epsilon: 0.01, slug: 'random-0.01' },
  { label: 'full fine-tuning', method: 'full', epsilon: null, slug: 'full' },
];

/**
 * The methods that are compared on a task: without the random mask where an answer can be any text, whose measurements
 * take long.
 */
export function methodsOf(task: string): readonly DemoMethod[] {
  return DEMO_METHODS.filter(({ method }) => method !== 'random' || !isOpenTask(task));
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
