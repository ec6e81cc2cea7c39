import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { computeProcessorQuota, grantedThreads } from '../../../src/kernel/threads/granted.ts';

/** A system that has these files and no others. */
function quotaOf(files: Readonly<Record<string, string>>): number {
  return computeProcessorQuota((path) => files[path]);
}

const CGROUP = '/proc/self/cgroup';

describe('the quota of control groups, version 2', () => {
  it.each([
    ['200000 100000\n', 2],
    ['150000 100000\n', 1.5],
    ['5000 10000', 0.5],
    ['max 100000\n', Infinity],
    ['', Infinity],
    ['nonsense', Infinity],
  ])('reads cpu.max of %j as %d processors', (text, processors) => {
    expect(quotaOf({ [CGROUP]: '0::/\n', '/sys/fs/cgroup/cpu.max': text })).toBe(processors);
  });

  it('takes the least on the way from the group to the root', () => {
    const at = (folder: string, text: string) => ({ [`/sys/fs/cgroup${folder}/cpu.max`]: text });
    const limits = { ...at('/a/b', '400000 100000'), ...at('/a', '300000 100000'), ...at('', 'max 100000') };
    expect(quotaOf({ [CGROUP]: '0::/a/b\n', ...limits })).toBe(3);
    expect(quotaOf({ [CGROUP]: '0::/a\n', ...limits, ...at('/a/b', '100000 100000') })).toBe(3);
  });

  it('finds the root where the path is that of the host', () => {
    expect(quotaOf({ [CGROUP]: '0::/docker/0123\n', '/sys/fs/cgroup/cpu.max': '100000 100000' })).toBe(1);
  });
});

describe('the quota of control groups, version 1', () => {
  const files = (root: string, quota: string) => ({
    [CGROUP]: '11:memory:/x\n4:cpu,cpuacct:/docker/0123\n1:name=systemd:/x\n',
    [`/sys/fs/cgroup/${root}/cpu.cfs_quota_us`]: quota,
    [`/sys/fs/cgroup/${root}/cpu.cfs_period_us`]: '100000\n',
  });

  it.each(['cpu/docker/0123', 'cpu,cpuacct/docker/0123', 'cpu', 'cpu,cpuacct'])('is read in %s', (root) => {
    expect(quotaOf(files(root, '250000\n'))).toBe(2.5);
  });

  it('is none at −1', () => {
    expect(quotaOf(files('cpu', '-1\n'))).toBe(Infinity);
  });

  it('is not that of another controller', () => {
    expect(quotaOf({ ...files('cpu', '100000'), [CGROUP]: '4:cpuset,memory:/docker/0123\n' })).toBe(Infinity);
  });
});

it('is none where there are no control groups', () => {
  expect(quotaOf({})).toBe(Infinity);
});

it('grants at least one thread and no more than there are processors', () => {
  expect(grantedThreads()).toBeGreaterThanOrEqual(1);
  expect(grantedThreads()).toBeLessThanOrEqual(availableParallelism());
});
