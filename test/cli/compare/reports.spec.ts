/**
 * What a training run leaves to be read, and runs beside one another, inside this process.
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuns, readFinished } from '../../../cli/compare/finished.ts';
import { computeDifference } from '../../../src/metrics/paired.ts';
import { createWorld, smallConfig, type World } from '../../src/train/fixture.ts';
import { call, objectIn, objectsOf } from '../call.ts';
import { drawingsOf, findFaults } from '../report/boxes.ts';

let world: World;
const at = (name: string): string => join(world.root, name);

async function train(name: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const config = at(`${name.replaceAll('/', '-')}.json`);
  writeFileSync(config, JSON.stringify(smallConfig(world, more)));
  const { code, stderr } = await call(['train', '--config', config, '--out', at(name), '--no-latest', '--quiet']);
  expect(`${code}${stderr}`).toBe('0');
}

beforeAll(async () => {
  world = createWorld();
  await train('a', { evaluateEvery: 3, silos: 'per-module', warmStart: true, threshold: 'iterative' });
  await train('job/methods/b', { method: 'random' });
  await train('job/methods/c', { method: 'full' });
}, 60_000);
afterAll(() => world.remove());

const plain = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('the page that a run leaves', () => {
  const open = (name: string): Document => parseHTML(readFileSync(at(`${name}/report.html`), 'utf8')).document;

  it('says what came of the run, with which rate, of which budget, and from where', () => {
    const { result, record } = readFinished(at('a'));
    const page = open('a');
    const cells = [...page.querySelectorAll('#summary tbody tr > *')].map(plain);
    expect(cells).toContain('DST');
    expect(cells).toContain('5 %');
    expect(cells).toContain(String(record.config.learningRate));
    expect(cells).toContain(`${(100 * result.metric.value).toFixed(1)} %`);
    expect(cells).toContain(`${(100 * result.realisedFraction).toFixed(3)} %`);
    for (const hash of [result.identity.seed, result.identity.tokenizer, result.identity.data?.test.sha256])
      expect(plain(page.querySelector('#identity'))).toContain(hash);
    expect(page.querySelectorAll('#training figure').length).toBe(2);
    expect(page.querySelectorAll('#thresholds figure, #placement figure').length).toBe(2);
  });

  it('has rows with what the seed answers and what the tuned model answers', () => {
    const { result } = readFinished(at('a'));
    const rows = [...open('a').querySelectorAll('#samples tbody tr')].map((row) => [...row.children].map(plain));
    expect(rows.length).toBe(10);
    rows.forEach(([text, expected, before, after], i) => {
      const sample = result.samples[i];
      expect([text, expected]).toEqual([sample.text, sample.expected]);
      expect(before).toContain(sample.before === '' ? '(nothing)' : sample.before?.trim());
      expect(after).toContain(sample.answer.trim());
    });
  });

  it('cuts no text and puts none over another', () => {
    for (const name of ['a', 'job/methods/b', 'job/methods/c'])
      for (const drawing of drawingsOf(readFileSync(at(`${name}/report.html`), 'utf8')))
        expect(findFaults(drawing)).toEqual([]);
  });

  it('is written again, byte for byte, where a crash came between the run’s end and it', async () => {
    const path = at('a/report.html');
    const page = readFileSync(path, 'utf8');
    rmSync(path);
    expect(await call(['train', '--resume', at('a'), '--quiet'])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe(page);
  });

  it('names a command that makes the run again, to the bit', async () => {
    const command = plain(open('a').querySelector('pre.command'));
    const words = command.split(' ').slice(1);
    const { code, stderr } = await call([...words, '--out', at('again'), '--no-latest', '--quiet']);
    expect(`${code}${stderr}`).toBe('0');
    const [then, now] = [readFinished(at('a')), readFinished(at('again'))];
    expect(now.record.config).toEqual(then.record.config);
    expect(now.result.fingerprint).toBe(then.result.fingerprint);
  });
});

describe('dst report of runs', () => {
  const compare = async (paths: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const { code, stdout } = await call(['report', '--json', '--quiet', ...paths]);
    expect(code).toBe(0);
    return objectIn(stdout);
  };

  it('finds the runs of a main job and of a sweep below their folders', () => {
    expect(findRuns([at('job'), at('a')]).finished).toEqual([at('job/methods/b'), at('job/methods/c'), at('a')]);
  });

  it('subtracts pair by pair, and counts what the subsets share', async () => {
    const { runs, differences, overlaps } = await compare([at('a'), at('job')]);
    const names = ['a', 'job/methods/b', 'job/methods/c'];
    const finished = names.map((name) => readFinished(at(name)));
    expect(objectsOf(runs).map(({ name }) => name)).toEqual(names);
    expect(objectsOf(runs).map(({ value }) => value)).toEqual(finished.map(({ result }) => result.metric.value));
    const expected = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([i, j]) => ({
      // prettier-ignore
      first: names[i],
      second: names[j],
      ...computeDifference('accuracy', [finished[i].scores], [finished[j].scores]),
    }));
    expect(differences).toEqual(expected);
    const overlap = objectIn((await call(['overlap', '--json', at('a'), at('job/methods/b')])).stdout)['overlap'];
    expect(overlaps).toEqual([{ first: 'a', second: 'job/methods/b', overlap }]);
  });

  it('names runs of other data, of another seed and of another split, and does not subtract them', async () => {
    const other = createWorld({ modelSize: 24 });
    try {
      await train('split', { measure: 'development' });
      cpSync(world.task, at('kept'), { recursive: true });
      appendFileSync(join(world.task, 'test.tsv'), 'a large saw\ttool\n');
      await train('data');
      await train('other-seed', { model: other.seed });
      const { differences, notComparable } = await compare([at('a'), at('split'), at('data'), at('other-seed')]);
      const differ = Object.fromEntries(objectsOf(notComparable).map((pair) => [`${String(pair['first'])} ${String(pair['second'])}`, pair['differ']])); // prettier-ignore
      expect(differ).toMatchObject({
        'a split': ['measured split (test, development)', 'measured rows (18, 12)'],
        'a data': ['data (test)', 'measured rows (18, 19)'],
        'data other-seed': ['seed'],
      });
      expect(differences).toEqual([]);
      const { stdout } = await call(['report', '--quiet', at('a'), at('data')]);
      expect(stdout).toContain('a and data are not compared: they differ in data (test), measured rows (18, 19)');
    } finally {
      rmSync(world.task, { recursive: true });
      renameSync(at('kept'), world.task);
      other.remove();
    }
  });

  it('writes one page, whose charts and tables are of all the runs', async () => {
    const path = at('page.html');
    expect(await call(['report', '--html', path, at('a'), at('job')])).toMatchObject({ code: 0, stdout: `${path}\n` });
    const { document } = parseHTML(readFileSync(path, 'utf8'));
    expect(document.querySelectorAll('#summary tbody tr').length).toBe(3);
    expect(document.querySelectorAll('#differences tbody tr').length).toBe(3);
    const choices = [...document.querySelectorAll('#config tbody tr')].map((row) => [...row.children].map(plain));
    expect(choices).toContainEqual(['method', 'dst', 'random', 'full']);
    expect(choices.map(([name]) => name)).not.toContain('epsilon');
    expect(document.querySelectorAll('#loss .wide path').length).toBeGreaterThanOrEqual(3);
    for (const drawing of drawingsOf(document.documentElement.outerHTML)) expect(findFaults(drawing)).toEqual([]);
  });

  it('tells of runs that are not done, and goes on without them', async () => {
    mkdirSync(at('pair'));
    for (const name of ['done', 'undone']) cpSync(at('a'), at(`pair/${name}`), { recursive: true });
    rmSync(at('pair/undone/DONE'));
    const { code, stderr, stdout } = await call(['report', at('pair')]);
    expect([code, stderr]).toEqual([0, `note: ${at('pair/undone')} is not done and left out\n`]);
    expect(stdout).toContain('done');
  });

  it('refuses by name what is no run, kinds that are mixed, and forms that runs do not have', async () => {
    mkdirSync(at('empty'));
    const file = at('page.html');
    writeFileSync(file, '');
    const said = async (argv: readonly string[]): Promise<string> => {
      const { code, stderr } = await call(['report', ...argv]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await said([at('empty')])).toContain(`${at('empty')}: expected the folder of a run, or one with runs in it`);
    expect(await said([at('a'), file])).toContain(`${at('a')} being a folder of the first, got "${file}"`);
    expect(await said(['--junit', at('x.xml'), at('a')])).toContain('--junit: expected a conformance run');
    expect(await said(['--html', at('a'), at('a')])).toContain('expected another file than a run');
  });
});
