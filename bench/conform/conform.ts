/**
 * What a full verdict of `dst conform` costs: the whole process, and the program's processor time beside it. With
 * DST_BENCH_OTHER, the folder of another checkout that has been built, its command is measured in the same rounds.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from '../built.ts';
import type { Contestant } from '../contestant.ts';
import type { SubjectResult } from '../result.ts';
import { interleaveAcross } from '../rounds.ts';
import type { Setting, Subject } from '../subject.ts';
import { OTHER, printConform, programOf, PROGRAMS, WAYS } from './table.ts';

const OURS = built('cli/main.js');
const ADAPTER = fileURLToPath(new URL('../../adapters/javascript/adapter.mjs', import.meta.url));

/** What is loaded before the adapter, by program. */
const PRELOADED: Readonly<Record<(typeof PROGRAMS)[number], readonly string[]>> = {
  'the adapter in JavaScript': ['cpuAtExit.mjs'],
  'the same, a millisecond an answer': ['cpuAtExit.mjs', 'millisecond.mjs'],
};

export const conform: Subject = { measure, print: printConform };

async function measure({ quick, say }: Setting): Promise<SubjectResult> {
  if (!existsSync(OURS)) {
    const absent = [{ peer: 'ours', threads: 1, why: 'dist/ is not built: npm run build' }];
    return { subject: 'conform', rows: [], absent, facts: {} };
  }
  const other = process.env['DST_BENCH_OTHER'];
  const folder = mkdtempSync(join(tmpdir(), 'dst-bench-'));
  try {
    const own = new Map<string, number[]>();
    const placed = PROGRAMS.flatMap((program) => {
      const contestantOf = (peer: string, command: string, options: readonly string[]): Contestant => {
        const times: number[] = [];
        own.set(`${program}, ${peer}`, times);
        const cpu = join(folder, 'cpu');
        const round = (): Promise<number> => {
          const took = judge(command, [...(quick ? ['--runs', '20'] : []), ...options], program, cpu);
          times.push(sumOf(cpu));
          return Promise.resolve(took);
        };
        return { peer, threads: 1, round };
      };
      const ways = Object.values(WAYS).map(({ title, options }) => contestantOf(title, OURS, options));
      const before = other === undefined ? [] : [contestantOf(OTHER, join(other, 'dist', 'cli', 'main.js'), [])];
      return [...before, ...ways].map((contestant) => ({ about: { case: program }, contestant }));
    });
    say(`${placed.length} verdicts a round`);
    const effort = { rounds: quick ? 2 : 5, round: { milliseconds: 0, least: 1 } };
    const { rows, absent } = await interleaveAcross(placed, effort);
    // The first round of each is not counted.
    const programs = rows.map((row) => ({
      ...row,
      peer: programOf(row.peer),
      rounds: (own.get(`${row.case}, ${row.peer}`) ?? []).slice(-row.rounds.length),
    }));
    return { subject: 'conform', rows: [...rows, ...programs], absent, facts: {} };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A verdict, in ms. */
function judge(command: string, options: readonly string[], program: (typeof PROGRAMS)[number], cpu: string): number {
  rmSync(cpu, { force: true });
  const preloaded = PRELOADED[program].flatMap((file) => ['--import', new URL(file, import.meta.url).href]);
  const adapter = [process.execPath, ...preloaded, ADAPTER];
  const begin = performance.now();
  execFileSync(process.execPath, [command, 'conform', '--quiet', '--time-limit', '600', ...options, '--', ...adapter], {
    env: { ...process.env, DST_BENCH_CPU: cpu },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return performance.now() - begin;
}

/** The processor time of all starts of the program, in ms. */
function sumOf(path: string): number {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
}
