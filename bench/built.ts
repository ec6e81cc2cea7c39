/**
 * Where the build puts things, for subjects that measure whole processes.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';

/** A file of the built package: `built('cli/main.js')`. */
export function built(file: string): string {
  return fileURLToPath(new URL(`../dist/${file}`, import.meta.url));
}
