import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Field } from '../../bench/field.ts';
import { NATIVE } from '../../bench/nativePeer.ts';
import { Peer, type PeerDefinition } from '../../bench/peers.ts';
import type { ProductShape } from '../../bench/matmul/products.ts';
import { interleave } from '../../bench/rounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-peers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const protocol = new URL('../../bench/peers/protocol.mjs', import.meta.url).href;
/** A peer whose work is the body of a function of `calls`, the number of calls before. */
function written(peer: string, text: string): PeerDefinition {
  const script = join(folder, `${peer}.mjs`);
  writeFileSync(script, text);
  return { peer, threads: 1, find: () => ({ program: process.execPath, script }) };
}
const working = (peer: string, run: string): PeerDefinition =>
  written(
    peer,
    `import { serve } from '${protocol}';
let calls = 0;
const matmul = ({ m }) => {
  if (m > 100) throw new Error('too large');
  return { run: () => { calls++; ${run} }, drop: () => undefined, answer: { loss: 2 } };
};
await serve({ version: '1', runtime: 'here' }, { matmul });`,
  );

const effort = { rounds: 3, round: { milliseconds: 1, least: 1 } };
const quiet = (): void => undefined;

describe('a peer', () => {
  it('says what it is, prepares, and gives the times of its rounds', async () => {
    const field = await Field.start([working('well', '')], quiet);
    const contestants = await field.prepare('64', { do: 'matmul', m: 64 });
    const { rows, absent } = await interleave(contestants, effort, { case: '64' });
    field.stop();
    expect(field.facts).toEqual({ well: '1, here' });
    expect(rows).toHaveLength(1);
    expect(rows[0].rounds).toHaveLength(3);
    for (const time of rows[0].rounds) expect(time).toBeGreaterThan(0);
    expect([...absent, ...field.absent]).toEqual([]);
  });

  it.each<[string, PeerDefinition, string]>([
    [
      'is not installed',
      { peer: 'p', threads: 1, find: () => 'not installed: npm ci --prefix bench/peers' },
      'not installed',
    ],
    [
      'has no program',
      { peer: 'p', threads: 1, find: () => ({ program: join(folder, 'none'), script: 'x' }) },
      'ENOENT',
    ],
    ['ends at once', written('ends', ''), 'expected an answer, got the end of the process'],
    ['does not speak JSON', written('talks', 'console.log("Hi there 👋")'), 'expected JSON, got Hi there'],
  ])('that %s is absent, with the reason', async (_, definition, why) => {
    const field = await Field.start([definition], quiet);
    field.stop();
    expect(field.absent).toHaveLength(1);
    expect(field.absent[0].why).toContain(why);
  });

  it('may be asked for different works round by round, each under a name of its own', async () => {
    const echo = written(
      'echo',
      `import { createInterface } from 'node:readline';
console.log('{"version":"1"}');
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify({ times: [JSON.parse(line).n] }));`,
    );
    const field = await Field.start([echo], quiet);
    const [peer] = field.peers;
    const contestants = [3, 5].map((n) => peer.contestant(`echo.${n}`, { work: 'wait', n }, 10 * n));
    const { rows } = await interleave(contestants, effort, { case: 'c' });
    field.stop();
    expect(rows.map(({ peer: name, flops, rounds }) => ({ name, flops, rounds }))).toEqual([
      { name: 'echo.3', flops: 30, rounds: [3, 3, 3] },
      { name: 'echo.5', flops: 50, rounds: [5, 5, 5] },
    ]);
  });

  it('that cannot do a case is absent from it, and no other', async () => {
    const field = await Field.start([working('small', '')], quiet);
    expect(await field.prepare('128', { do: 'matmul', m: 128 })).toEqual([]);
    expect(await field.prepare('64', { do: 'matmul', m: 64 })).toHaveLength(1);
    field.stop();
    expect(field.absent).toEqual([{ peer: 'small', threads: 1, case: '128', why: 'matmul: too large' }]);
  });

  it('that computes something else is not measured', async () => {
    const field = await Field.start([working('other', '')], quiet);
    const complain = ({ loss }: Readonly<Record<string, unknown>>): string =>
      `expected the loss 1, got ${String(loss)}`;
    expect(await field.prepare('step', { do: 'matmul', m: 1 }, complain)).toEqual([]);
    field.stop();
    expect(field.absent[0].why).toBe('expected the loss 1, got 2');
  });

  it('that dies in the middle of its rounds is absent, and the others go on', async () => {
    const field = await Field.start([working('dies', 'if (calls > 2) process.exit(1);'), working('lives', '')], quiet);
    const contestants = await field.prepare('64', { do: 'matmul', m: 64 });
    const { rows, absent } = await interleave(contestants, effort, { case: '64' });
    field.stop();
    expect(rows.map(({ peer }) => peer)).toEqual(['lives']);
    expect(absent.map(({ peer }) => peer)).toEqual(['dies']);
  });
});

// Where it cannot run, the reason stands in the name of the suite.
const why = NATIVE.find();
describe.skipIf(typeof why === 'string')(`the loops in C${typeof why === 'string' ? `: ${why}` : ''}`, () => {
  const cpu = { do: 'round', clock: 'cpu', milliseconds: 1, least: 1 };
  let native: Peer;
  beforeAll(async () => void (native = await Peer.start(NATIVE)));
  afterAll(() => native.stop());

  // Whole blocks and a part of one along each of m, k and n; a small B, which stays where it is; several at once.
  const sizes = [
    { m: 36, k: 516, n: 520, count: 1 },
    { m: 20, k: 64, n: 40, count: 3 },
    { m: 4, k: 4, n: 8, count: 1 },
  ];
  it.each(sizes.flatMap((size) => (['NN', 'NT', 'TN'] as const).map((kind): ProductShape => ({ ...size, kind }))))(
    'multiply as a plain loop in float64 does: $count of $m x $k x $n $kind',
    async (shape) => {
      await expect(native.ask({ ...cpu, work: 'product', ...shape })).resolves.toHaveProperty('times');
    },
  );

  it('refuse a product that is not made of whole tiles', async () => {
    const shape: ProductShape = { m: 8, k: 8, n: 12, kind: 'NN', count: 1 };
    await expect(native.ask({ ...cpu, work: 'product', ...shape })).rejects.toThrow('expected m and k multiples of 4');
  });

  it.each([
    ['exponentials', 10_000],
    ['descend', 1_000],
    ['step', 1_000],
    ['step_at_once', 1_000],
  ])('do %s', async (work, n) => {
    await expect(native.ask({ ...cpu, work, n })).resolves.toHaveProperty('times');
  });
});
