/**
 * What a person sees: tables and progress.
 */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { createProgress } from '../../cli/progress.ts';
import { formatBytes, formatCount, formatSeconds, formatShare, formatTable } from '../../cli/table.ts';

/** An io whose stderr is kept, and a clock to be moved by hand. */
function watch(stderr: { isTTY?: boolean; columns?: number }, environment: Io['environment'] = {}) {
  const written: string[] = [];
  const clock = { now: 0 };
  const io: Io = {
    stdout: { write: () => true },
    stderr: { write: (text) => written.push(text), ...stderr },
    environment,
    signal: new AbortController().signal,
  };
  return { io, written, clock, now: (): number => clock.now };
}

describe('progress', () => {
  it('is a line at the first call and every ten seconds where nobody watches', () => {
    const { io, written, clock, now } = watch({});
    const progress = createProgress(io, false, now);
    for (clock.now = 0; clock.now <= 25_000; clock.now += 500) {
      progress.update('job', { done: clock.now / 500, total: 100 });
    }
    expect(written).toHaveLength(3);
    expect(written[1]).toContain('20/100  2.0/s  0:40 left');
    expect(written.join('')).not.toContain('\u001b');
  });

  it('is a line again, with a speed of its own, where a job comes to another total', () => {
    const { io, written, clock, now } = watch({});
    const progress = createProgress(io, false, now);
    progress.update('job', { done: 900, total: 1000 });
    clock.now = 5000;
    progress.update('job', { done: 0, total: 50, note: 'measuring' });
    clock.now = 15_000;
    progress.update('job', { done: 10, total: 50, note: 'measuring' });
    expect(written).toHaveLength(3);
    expect(written[1]).toMatch(/0\/50 .* measuring/);
    expect(written[2]).toContain('10/50  1.0/s  0:40 left');
  });

  it.each([{}, { isTTY: true, columns: 80 }])(
    'waits for a second where the job is mostly done before (%o)',
    (stderr) => {
      const { io, written, clock, now } = watch(stderr);
      const progress = createProgress(io, false, now);
      for (; clock.now < 1000; clock.now += 100) progress.update('job', { done: clock.now, total: 5000, waits: true });
      progress.remove('job');
      expect(written).toEqual([]);
      for (const done of [0, 1000]) {
        clock.now = 2000 + done;
        progress.update('job', { done, total: 5000, waits: true });
      }
      expect(written.join('')).toContain('1000/5000');
    },
  );

  it('redraws all bars in place on a terminal, no wider than it is', () => {
    const { io, written, clock, now } = watch({ isTTY: true, columns: 40 });
    const progress = createProgress(io, false, now);
    progress.update('one', { done: 1, total: 10 });
    progress.update('two', { done: 1, total: 10 });
    clock.now = 1000;
    progress.update('one', { done: 5, total: 10, note: 'a note that is far too long for this terminal' });
    const last = written.lastIndexOf('\u001b[2A\u001b[0J');
    expect(written.slice(last + 1)).toHaveLength(2);
    for (const line of written.slice(last + 1)) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('paints only for a terminal without NO_COLOR', () => {
    const paint = (stderr: { isTTY?: boolean }, environment: Io['environment']): string => {
      const { io, written, now } = watch(stderr, environment);
      createProgress(io, false, now).finish('job', 'well');
      return written.join('');
    };
    expect(paint({ isTTY: true }, {})).toContain('\u001b[32m');
    expect(paint({ isTTY: true }, { NO_COLOR: '1' })).not.toContain('\u001b[32m');
    expect(paint({}, {})).not.toContain('\u001b[32m');
  });

  it('says nothing with --quiet', () => {
    const { io, written, now } = watch({});
    const progress = createProgress(io, true, now);
    progress.update('job', { done: 1, total: 2 });
    progress.say('words');
    expect(written).toEqual([]);
  });

  it('goes to the parent in a child process', () => {
    const messages: unknown[] = [];
    const { io, written } = watch({});
    const progress = createProgress({ ...io, report: (message) => messages.push(message) }, false);
    progress.update('job', { done: 1, total: 2 });
    expect(messages).toEqual([{ kind: 'update', job: 'job', advance: { done: 1, total: 2 } }]);
    expect(written).toEqual([]);
  });
});

describe('table', () => {
  it('is as wide as its widest cells, numbers to the right', () => {
    const table = formatTable(
      [{ heading: 'name' }, { heading: 'n', align: 'right' }],
      [
        ['a', '1'],
        ['long name', '22'],
      ],
    );
    expect(table).toBe('name        n\n─────────  ──\na           1\nlong name  22\n');
  });

  it('is its heading where there are no rows', () => {
    expect(formatTable([{ heading: 'name' }], [])).toBe('name\n────\n');
  });

  it('writes numbers for people', () => {
    expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([999, 1500, 2_345_678].map(formatBytes)).toEqual(['999 B', '1.5 kB', '2.35 MB']);
    expect([0.4, 59.6, 75, 3675].map(formatSeconds)).toEqual(['0:00', '1:00', '1:15', '1:01:15']);
    expect([formatShare(0.0123), formatShare(1, 0)]).toEqual(['1.23 %', '100 %']);
  });
});
