/**
 * What can be measured: the closed list of subjects, each in a file of its own.
 *
 * @module
 */
import type { Subject } from './subject.ts';

export const SUBJECT_NAMES = ['matmul', 'step', 'dst', 'selection', 'growth'] as const;
export type SubjectName = (typeof SUBJECT_NAMES)[number];

export const SUBJECTS: Readonly<Record<SubjectName, () => Promise<Subject>>> = {
  matmul: async () => (await import('./matmul.ts')).matmul,
  step: async () => (await import('./step.ts')).trainingStep,
  dst: async () => (await import('./dst.ts')).dstOverhead,
  selection: async () => (await import('./selection.ts')).selection,
  growth: async () => (await import('./growth.ts')).growth,
};
