/**
 * Programs that measure what has no peer: each runs when it is imported, and prints a table or, with --json, one JSON object.
 *
 * @module
 */
export const PROGRAMS = {
  attention: () => import('./attention.ts'),
  generation: () => import('./generation.ts'),
  start: () => import('./start.ts'),
  threads: () => import('./threads.ts'),
} as const;
export type ProgramName = keyof typeof PROGRAMS;

export const PROGRAM_NAMES = Object.keys(PROGRAMS);

export function isProgram(name: string | undefined): name is ProgramName {
  return name !== undefined && Object.hasOwn(PROGRAMS, name);
}
