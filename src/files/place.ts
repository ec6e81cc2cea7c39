/**
 * Where a folder lies, written down so that it is found again: when both folders were moved together, when only the one
 * that says it was moved, and when either was reached through a symbolic link.
 *
 * @module
 */
import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InvalidInput } from '../errors.ts';

/** A folder's real path, and the way to it from the real path of the folder that says so. */
export interface Place {
  readonly relative: string;
  readonly absolute: string;
}

/** The place of a folder that is there, as seen from another. */
export function placeOf(folder: string, from: string): Place {
  const absolute = realpathSync(folder);
  return { relative: relative(realOf(from), absolute), absolute };
}

/** The paths at which a folder may lie, the nearer one first. */
export function pathsOfPlace(place: Place, from: string): readonly string[] {
  return [...new Set([join(realOf(from), place.relative), place.absolute])];
}

/** The real path of a folder; of one that is not there yet, that of the nearest one above it and the rest. */
function realOf(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path)) return realpathSync(path);
  const above = resolve(path, '..');
  return above === path ? path : join(realOf(above), relative(above, path));
}

/** Whether a place is that of this folder. */
export function leadsTo(place: Place, from: string, folder: string): boolean {
  const real = realpathSync(folder);
  return pathsOfPlace(place, from).some((path) => existsSync(path) && realpathSync(path) === real);
}

/**
 * What lies at the first of some paths that `refuse` has nothing against.
 *
 * @param paths - where it may lie; those that are not there are passed over.
 * @param refuse - what is wrong with what was read, or null.
 * @param missing - the error if nothing is there.
 * @throws InvalidInput: what is wrong with the first that is there, if none is right.
 */
export function readFirst<T>(
  paths: readonly string[],
  read: (path: string) => T,
  refuse: (found: T, path: string) => InvalidInput | null,
  missing: () => InvalidInput,
): T {
  let first: InvalidInput | null = null;
  for (const path of paths.filter((each) => existsSync(each))) {
    const found = attempt(() => read(path));
    const error = found instanceof InvalidInput ? found : refuse(found, path);
    if (!(found instanceof InvalidInput) && error === null) return found;
    first ??= error;
  }
  throw first ?? missing();
}

/**
 * The error for a folder that is at none of its paths.
 *
 * @param flag - the option that names another path.
 */
export function nowhere(where: string, paths: readonly string[], flag: string): InvalidInput {
  return new InvalidInput(
    `${where}: expected a folder at ${paths.join(' or ')}, got none there (${flag} names another)`,
  );
}

/** Bad input is an answer here: another path may hold better. */
function attempt<T>(read: () => T): T | InvalidInput {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}
