import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { InvalidInput, Unavailable } from '../../../src/errors.ts';
import { openEventLog, readEvents, truncateEvents } from '../../../src/files/events.ts';
import { nodeFileSystem, type FileSystem } from '../../../src/files/fileSystem.ts';
import { runs } from '../../run/runs.ts';
import { CrashingDisk } from './crashingDisk.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-events-'));
const path = join(folder, 'events.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

function write(steps: readonly (number | undefined)[], to = path, fileSystem: FileSystem = nodeFileSystem): void {
  const log = openEventLog(to, fileSystem);
  for (const step of steps) log.append(step === undefined ? { kind: 'note' } : { step, kind: 'step', text: 'ä\n"' });
  log.close();
}

describe('an event log', () => {
  it('stopped at any byte and taken back to a step, goes on to what an unbroken one holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 200 }), (steps, saved, lost) => {
        const all = Array.from({ length: steps }, (_, i) => i + 1);
        const unbroken = new CrashingDisk();
        write(all, '/log', unbroken);
        const whole = unbroken.readFileSync('/log');
        const step = Math.min(saved, steps);
        // a checkpoint is written after its line, so what is lost comes after it; the lines are equally long
        const kept = Math.max(step * (whole.length / steps), whole.length - lost);
        const disk = new CrashingDisk(undefined, 7);
        disk.put('/log', whole.subarray(0, kept));
        truncateEvents('/log', step, disk);
        expect(readEvents('/log', disk).map((event) => event.step)).toEqual(all.slice(0, step));
        write(all.slice(step), '/log', disk);
        expect(disk.readFileSync('/log')).toEqual(whole);
      }),
      { numRuns: runs(200) },
    );
  });

  it('keeps events of no step', () => {
    rmSync(path, { force: true });
    write([undefined, 1, 2]);
    truncateEvents(path, 0);
    expect(readEvents(path)).toEqual([{ kind: 'note' }]);
  });

  it('that is not there needs no taking back', () => {
    rmSync(path, { force: true });
    truncateEvents(path, 3);
    expect(() => readEvents(path)).toThrow(InvalidInput);
  });

  it('is decoded a line at a time, since a log may be longer than any text', () => {
    rmSync(path, { force: true });
    write(Array.from({ length: 40 }, (_, i) => i));
    const longest = Math.max(
      ...readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => Buffer.byteLength(line)),
    );
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    try {
      truncateEvents(path, 29);
      expect(readEvents(path)).toHaveLength(30);
      const lengths = decode.mock.calls.map(([bytes]) => bytes?.byteLength ?? 0);
      expect(lengths).toHaveLength(70);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
    } finally {
      decode.mockRestore();
    }
  });

  it('taken back keeps what is between later events', () => {
    rmSync(path, { force: true });
    write([1, 5, undefined, 2, 6, 3]);
    truncateEvents(path, 4);
    expect(readEvents(path).map(({ step = null }) => step)).toEqual([1, null, 2, 3]);
  });

  it.each(['{"step":1', 'null', '[1]', '"text"'])('names the line that is no object: %s', (line) => {
    write([]);
    writeFileSync(path, '{"step":1}\n');
    appendFileSync(path, `${line}\n`);
    expect(() => readEvents(path)).toThrow(`${path}:2: expected a JSON object`);
  });

  it('on a full disk is Unavailable', () => {
    const disk = new CrashingDisk({ call: 1, kind: 'ENOSPC' });
    const log = openEventLog('/log', disk);
    expect(() => log.append({ step: 1 })).toThrow(Unavailable);
    expect(() => openEventLog(join(folder, 'none', 'log'))).toThrow(Unavailable);
    expect(() => truncateEvents('/log', 1, new CrashingDisk({ call: 0, kind: 'EIO' }))).toThrow(Unavailable);
  });
});
