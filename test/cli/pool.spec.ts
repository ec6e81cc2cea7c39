/**
 * Children at once: where one fails, all jobs fail for that reason, whichever of them the caller hears of first.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../cli/failure.ts';
import { ChildFailed, Interrupted } from '../../cli/io.ts';
import { createPool, type Job } from '../../cli/pool.ts';

/** What a child does by the first of its arguments; each says first that it is there. */
const PROGRAM = `
import { existsSync } from 'node:fs';
const [how, ...rest] = process.argv.slice(3);
if (how === 'stops-on-request') process.on('SIGTERM', () => { console.error('dst: stopped after step 1'); process.exit(130); });
process.send({ kind: 'say', line: 'here' });
if (how === 'warns') process.send({ kind: 'say', line: 'warning: ' + rest[0] });
if (how === 'answers' || how === 'warns') { console.log(JSON.stringify(rest)); process.disconnect(); }
else setInterval(() => {
  if (how === 'fails' && existsSync(rest[0])) { console.error('dst: too large a rate'); process.exit(2); }
}, 5);
`;

const folder = mkdtempSync(join(tmpdir(), 'dst-pool-'));
const program = join(folder, 'child.mjs');
const go = join(folder, 'go');
writeFileSync(program, PROGRAM);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(go, { force: true }));

function job(name: string, ...words: readonly string[]): Job {
  return { name, command: 'train', arguments: words };
}

/** Runs the jobs; once `crowd` of them have said that they are there, `then` is called. */
async function runAll(
  size: number,
  jobs: readonly Job[],
  crowd = Infinity,
  then: (controller: AbortController) => void = () => undefined,
): Promise<{ readonly here: string[]; readonly reasons: unknown[]; readonly answers: unknown[] }> {
  const controller = new AbortController();
  const here: string[] = [];
  const silent = { write: () => true };
  const progress = {
    update: () => undefined,
    finish: () => undefined,
    remove: () => undefined,
    wait: () => undefined,
    say(line: string) {
      if (here.push(line) === crowd) then(controller);
    },
  };
  const io = { stdout: silent, stderr: silent, environment: {}, signal: controller.signal };
  const pool = createPool(io, progress, size, 1, program);
  const ends = await Promise.allSettled(jobs.map((each) => pool.run(each)));
  const reasons = ends.map((end): unknown => (end.status === 'rejected' ? end.reason : undefined));
  const answers = ends.map((end): unknown => (end.status === 'fulfilled' ? end.value : undefined));
  return { here, reasons, answers };
}

describe('a pool', () => {
  it('gives what each job wrote, in the order in which they were handed in', async () => {
    const { here, answers } = await runAll(
      2,
      ['a', 'b', 'c'].map((name) => job(name, 'answers', name)),
    );
    expect(answers).toEqual(['a', 'b', 'c'].map((name) => [name, '--threads', '1', '--json']));
    expect([...here].sort()).toEqual(['a: here', 'b: here', 'c: here']);
  });

  it('says a warning that several jobs have once', async () => {
    const jobs = ['a', 'b', 'c'].map((name) => job(name, 'warns', name === 'c' ? 'other' : 'data'));
    const { here } = await runAll(1, jobs);
    expect(here.filter((line) => line.includes('warning'))).toEqual(['a: warning: data', 'c: warning: other']);
  });

  it('fails every job, running or waiting, for the reason of the first that failed', async () => {
    const jobs = [
      job('long', 'stops-on-request'),
      job('wrong', 'fails', go),
      job('starting', 'dies-of-any-signal'),
      job('next', 'answers'),
      job('last', 'answers'),
    ];
    const { here, reasons } = await runAll(3, jobs, 3, () => {
      writeFileSync(go, '');
    });
    expect(here).toHaveLength(3);
    const [reason] = reasons;
    expect(reason).toBeInstanceOf(ChildFailed);
    expect(reason).toMatchObject({ message: 'wrong: too large a rate', exitCode: 2 });
    for (const each of reasons) expect(each).toBe(reason);
  });

  it('is interrupted by Ctrl-C as a whole, a child that was still starting included', async () => {
    const jobs = [job('starting', 'dies-of-any-signal'), job('long', 'stops-on-request'), job('next', 'answers')];
    const { here, reasons } = await runAll(2, jobs, 2, (controller) => {
      controller.abort();
    });
    expect(here).toHaveLength(2);
    for (const each of reasons) {
      expect(each).toBeInstanceOf(Interrupted);
      expect(each).toBe(reasons[0]);
    }
    expect(exitCodeOf(reasons[0])).toBe(130);
  });

  it('starts nothing once it has been interrupted', async () => {
    const jobs = [job('done', 'answers'), job('next', 'answers')];
    const { here, reasons } = await runAll(1, jobs, 1, (controller) => {
      controller.abort();
    });
    expect(here).toEqual(['done: here']);
    expect(reasons[1]).toBeInstanceOf(Interrupted);
  });
});
