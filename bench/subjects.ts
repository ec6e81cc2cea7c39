/**
 * What can be measured: the closed list of subjects, each in a file of its own.
 *
 * @module
 */
import type { Subject } from './subject.ts';

export const SUBJECT_NAMES = [
  'matmul',
  'attention',
  'step',
  't5step',
  'dst',
  'selection',
  'threads',
  'generation',
  'start',
  'conform',
  'growth',
  'limits',
] as const;
export type SubjectName = (typeof SUBJECT_NAMES)[number];

export const SUBJECTS: Readonly<Record<SubjectName, () => Promise<Subject>>> = {
  matmul: async () => (await import('./matmul/matmul.ts')).matmul,
  attention: async () => (await import('./attention/attention.ts')).attention,
  step: async () => (await import('./step/step.ts')).trainingStep,
  t5step: async () => (await import('./step/t5step.ts')).t5Step,
  dst: async () => (await import('./dst/dst.ts')).dstOverhead,
  selection: async () => (await import('./selection/selection.ts')).selection,
  threads: async () => (await import('./threads/threads.ts')).threads,
  generation: async () => (await import('./generation/generation.ts')).generation,
  start: async () => (await import('./start/start.ts')).start,
  conform: async () => (await import('./conform/conform.ts')).conform,
  growth: async () => (await import('./growth/growth.ts')).growth,
  limits: async () => (await import('./limits/limits.ts')).limits,
};
