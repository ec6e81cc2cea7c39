import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

it('tells every equation of two steps', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { state, theta } = await import('../../examples/step-a-toy.ts');
  const lines = log.mock.calls.map(([line]) => String(line));
  const anchors = lines.map((line) => /^step (\d) {2}(\S+)/.exec(line)?.slice(1).join(' '));
  for (const anchor of ['eq-3', 'eq-5', 'alg-2', 'eq-7', 'alg-1']) {
    expect(anchors).toContain(`1 ${anchor}`);
    expect(anchors).toContain(`2 ${anchor}`);
  }
  expect(theta).toEqual(state.theta);
  expect(lines.at(-1)).toContain(`[${state.theta.join(', ')}]`);
});
