/**
 * Right calls of what reads and writes files.
 *
 * @module
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFileSystem } from '../../../src/files/fileSystem.ts';
import * as library from '../../../src/index.ts';
import { closed, dry, list, opaque, options, record, right, type Calls } from '../wrongKinds.ts';
import { nano, parameters, seed, stored, t5, t5Theta, tensor, tuned } from './things.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'dst-calls-'));
const tensors: library.StoredTensor[] = [{ name: 'w', dtype: 'F32', shape: [1], bytes: new Uint8Array(4) }];
const about = { epsilon: '0.5', silos: 'none', distance: 'absolute', method: 'dst' } as const;
const artifact = library.createArtifact(seed, tuned, parameters, about);
const subsetFile = (): Uint8Array => library.writeSubset(artifact);

export const files: Calls = {
  writeAtomically: () => right(join(folder(), 'file'), opaque('text'), nodeFileSystem),
  readSafetensors: () => right(library.writeSafetensors(tensors), 'here'),
  writeSafetensors: () => right(opaque(tensors), options({ key: 'value' }, 'open')),
  fingerprint: () => right(seed, list(record(parameters[0], ['module', 'layer', 'shape']))),
  writeSubset: () =>
    right(
      record(
        { ...artifact },
        Object.keys(artifact).filter((name) => name !== 'epsilon'),
      ),
      closed('gap'),
    ),
  readSubset: () => right(subsetFile(), 'here'),
  createArtifact: () =>
    right(seed, tuned, list(tensor), options({ ...about, silos: closed('none'), distance: closed('absolute') })),
  applyArtifact: () => right(seed, opaque(parameters), artifact, 'here'),
  revertArtifact: () => right(tuned, seed, opaque(parameters), artifact, 'here'),
  readModelFolder: () => right(nano, nodeFileSystem),
  writeModelFolder: () => right(folder(), record({ ...stored }, ['config', 'parameters']), nodeFileSystem),
  readT5Folder: () => dry('folder', nodeFileSystem),
  writeT5Folder: () =>
    right(
      folder(),
      record({ ...stored, config: t5.config, theta: new Float32Array(t5Theta), parameters: t5.parameters }, [
        'config',
        'parameters',
      ]),
      nodeFileSystem,
    ),
};
