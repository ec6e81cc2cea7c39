/**
 * A disk that is full: whichever write it happens at, the error says so, the exit code is 3, no file is half written,
 * and once there is room the run goes on to the bits of the unbroken one.
 */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../cli/failure.ts';
import { Unavailable } from '../../src/errors.ts';
import { nodeFileSystem, type FileSystem } from '../../src/files/fileSystem.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import { readTrainConfig } from '../../src/train/config.ts';
import { pathsOf } from '../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { trainIn } from '../src/train/trained.ts';

let world: World;
beforeAll(() => {
  world = createWorld();
});
afterAll(() => world.remove());

/** A disk that takes `room` writes and is full from then on: half of the next one still fits. */
function diskWithRoom(room: number): FileSystem & { readonly writes: number } {
  let writes = 0;
  return {
    ...nodeFileSystem,
    get writes() {
      return writes;
    },
    writeSync(descriptor, bytes, offset, length) {
      writes += 1;
      if (writes <= room) return nodeFileSystem.writeSync(descriptor, bytes, offset, length);
      if (writes === room + 1 && length > 1) return nodeFileSystem.writeSync(descriptor, bytes, offset, length >> 1);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    },
  };
}

async function run(folder: string, resume: boolean, fileSystem: FileSystem): Promise<unknown> {
  const config = readTrainConfig(smallConfig(world, { steps: 4 }), 'spec');
  return trainIn(folder, config, { resume, checkpointSteps: 2, fileSystem });
}

/** Every file is whole: JSON that parses, safetensors that read, lines that end. */
function expectWholeFiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    if (name.endsWith('.safetensors')) readSafetensors(bytes, name);
    if (name.endsWith('.json')) JSON.parse(bytes.toString());
    expect(name).not.toMatch(/\.tmp$/);
  }
}

describe('a full disk', () => {
  it('at any write leaves whole files only, and the run goes on when there is room', { timeout: 60_000 }, async () => {
    const whole = mkdtempSync(join(world.root, 'whole-'));
    const counting = diskWithRoom(Infinity);
    await run(whole, false, counting);
    const wanted = pathsOf(whole);
    expect(counting.writes).toBeGreaterThan(8);
    for (let room = 0; room < counting.writes; room++) {
      const folder = mkdtempSync(join(world.root, 'full-'));
      const failure = await run(folder, false, diskWithRoom(room)).catch((error: unknown) => error);
      expect(failure, `with room for ${room} writes`).toBeInstanceOf(Unavailable);
      expect(String(failure)).toContain('no space left on the device (ENOSPC)');
      expect(exitCodeOf(failure)).toBe(3);
      expectWholeFiles(folder);
      await run(folder, readdirSync(folder).length > 0, nodeFileSystem);
      expect(readFileSync(pathsOf(folder).events, 'utf8')).toBe(readFileSync(wanted.events, 'utf8'));
      expect(readFileSync(pathsOf(folder).subset)).toEqual(readFileSync(wanted.subset));
    }
  });
});
