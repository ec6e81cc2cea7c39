/**
 * A folder again, byte for byte.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, readBytes, writeAtomically } from './atomic.ts';
import { nodeFileSystem, type FileSystem } from './fileSystem.ts';

/**
 * Copies the files of a folder, but for hidden ones and those in folders within, each whole or not at all; the weights last, so
 * that a folder with them has everything.
 *
 * @throws {@link Unavailable} if the system refuses.
 */
export function copyFiles(from: string, to: string, fileSystem: FileSystem = nodeFileSystem): void {
  const names = fileSystem
    .readdirSync(from)
    .filter((name) => !name.startsWith('.') && statSync(join(from, name)).isFile());
  const isWeights = (name: string): boolean => name.endsWith('.safetensors');
  makeFolder(to, fileSystem);
  for (const name of [...names.filter((name) => !isWeights(name)), ...names.filter(isWeights)])
    writeAtomically(join(to, name), readBytes(join(from, name), fileSystem), fileSystem);
}
