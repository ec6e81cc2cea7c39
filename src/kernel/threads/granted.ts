/**
 * How many threads the machine grants: its processors, those that this process may run on, and the share of time that
 * a container's control group allows.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MAXIMUM_THREADS } from './control.ts';

/** The text of a file, or undefined if there is none. */
export type ReadText = (path: string) => string | undefined;

/** Threads that the machine grants, from 1 to 32: processors this process may use, at most the quota of its group. */
export function grantedThreads(): number {
  const quota = computeProcessorQuota((path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
  return Math.min(availableParallelism(), Math.max(1, Math.floor(quota)), MAXIMUM_THREADS);
}

/**
 * Processors' worth of time that the control groups of this process allow: the least along the way from its group up
 * to the root, ∞ if nothing is said.
 *
 * Version 2: `cpu.max` holds "QUOTA PERIOD" or "max PERIOD" in µs (Linux, Documentation/admin-guide/cgroup-v2.rst).
 * Version 1: `cpu.cfs_quota_us`, −1 for none, and `cpu.cfs_period_us` (Documentation/scheduler/sched-bwc.rst).
 *
 * @param read - the files of the system; a test brings its own.
 */
export function computeProcessorQuota(read: ReadText): number {
  let least = Infinity;
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined) continue;
    const isV2 = controllers === '';
    if (!isV2 && !controllers.split(',').includes('cpu')) continue;
    const roots = isV2 ? ['/sys/fs/cgroup'] : ['/sys/fs/cgroup/cpu', `/sys/fs/cgroup/${controllers}`];
    for (const root of roots) {
      for (const group of wayUp(path)) {
        const quota = isV2 ? readCgroupV2(read, root + group) : readCgroupV1(read, root + group);
        least = Math.min(least, quota);
      }
    }
  }
  return least;
}

/** '/a/b' → '/a/b', '/a', ''. In a container the path may be the host's: then only the root is there. */
function wayUp(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return Array.from({ length: names.length + 1 }, (_, up) => {
    return names
      .slice(0, names.length - up)
      .map((name) => `/${name}`)
      .join('');
  });
}

function readCgroupV2(read: ReadText, folder: string): number {
  const [quota, period] = (read(`${folder}/cpu.max`) ?? '').trim().split(/\s+/);
  return shareOf(Number(quota), Number(period));
}

function readCgroupV1(read: ReadText, folder: string): number {
  return shareOf(Number(read(`${folder}/cpu.cfs_quota_us`) ?? NaN), Number(read(`${folder}/cpu.cfs_period_us`) ?? NaN));
}

/** "max", −1, and what is not there are no limit. */
function shareOf(quota: number, period: number): number {
  return quota > 0 && period > 0 ? quota / period : Infinity;
}
