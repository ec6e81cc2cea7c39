/**
 * What the commands say about a finished run, inside this process.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArtifact, writeSubset } from '../../src/files/subsetFile.ts';
import { measureRows } from '../../src/metrics/measure.ts';
import { openModel } from '../../src/run/openModel.ts';
import { readResult, RESULT_FORMAT } from '../../src/run/result.ts';
import { readRowScores } from '../../src/run/rowRecord.ts';
import { readRun } from '../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from '../src/train/fixture.ts';
import { call, objectIn, objectsIn } from './call.ts';

let world: World;
let run: string;
let subset: string;
beforeAll(async () => {
  world = createWorld();
  run = join(world.root, 'run');
  subset = join(run, 'subset.safetensors');
  const configPath = join(world.root, 'config.json');
  writeFileSync(configPath, JSON.stringify(smallConfig(world)));
  const { code, stderr } = await call(['train', '--config', configPath, '--out', run]);
  expect(stderr).toContain('loss');
  expect(code).toBe(0);
}, 60_000);
afterAll(() => world.remove());

/** The one JSON object that a call with --json writes. */
async function json(argv: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await call([...argv, '--json', '--quiet'].filter((word) => word !== ''));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const value = objectIn(stdout);
  expect(value['schemaVersion']).toBe(1);
  return value;
}

describe('a task that is suspicious', () => {
  it('is told of on stderr by train and eval, and in the run’s result', async () => {
    const task = join(world.root, 'suspicious');
    const rows = readFileSync(join(world.task, 'train.tsv'), 'utf8');
    mkdirSync(task);
    for (const part of ['train', 'development']) writeFileSync(join(task, `${part}.tsv`), rows);
    writeFileSync(join(task, 'test.tsv'), `text\tlabel\n${rows}a large cat\tAnimal\n`);
    const warnings = [
      `${task}/test.tsv:1: "text" and "label" look like the names of columns, and are read as a text and its label`,
      `no row of train has the 2 labels "Animal" (${task}/test.tsv:50), "label" (${task}/test.tsv:1): nothing teaches to answer so`,
      `the labels "animal" (${task}/train.tsv:1), "Animal" (${task}/test.tsv:50) differ in case alone: each is an answer of its own`,
    ];
    const out = join(world.root, 'suspicious-run');
    const words = ['--task', task, '--steps', '2', '--batch', '4', '--min-dim-size-to-factor', '8', '--no-latest'];
    const trained = await call(['train', '--model', world.seed, ...words, '--out', out]);
    const evaluated = await call(['eval', '--model', out]);
    for (const { code, stderr } of [trained, evaluated]) {
      expect(code).toBe(0);
      for (const warning of warnings) expect(stderr).toContain(`warning: ${warning}\n`);
    }
    expect(readResult(join(out, 'result.json')).warnings).toEqual(expect.arrayContaining(warnings));
  });
});

describe('a finished run', () => {
  it('is what runs/latest beside it points to', () => {
    expect(openModel(join(world.root, 'latest')).fingerprint).toBe(openModel(run).fingerprint);
  });

  it('is measured by eval as it measured itself', async () => {
    const { metric, samples } = readResult(join(run, 'result.json'));
    const { schemaVersion, model, task, split, baseline, answers, data, isDataOfRun, ...measure } = await json([
      ...['eval', '--model', run],
    ]);
    expect({ data, isDataOfRun }).toEqual({ data: readRun(run).identity.data, isDataOfRun: true });
    expect(measure).toEqual(metric);
    expect({ schemaVersion, model, task, split }).toEqual({
      schemaVersion: 1,
      model: run,
      task: 'task',
      split: 'test',
    });
    expect(baseline).toBeGreaterThan(0);
    expect(answers).toEqual(samples.map(({ answer }) => answer));
  });

  it('says of each test row what the answer to it is worth, in their order', () => {
    const { metric, rows, samples } = readResult(join(run, 'result.json'));
    const scores = readRowScores(rows, 'rows');
    expect(measureRows(metric.metric, scores)).toEqual(metric);
    expect(scores.correct.slice(0, samples.length)).toEqual(samples.map(({ answer, expected }) => answer === expected));
  });

  it('is refused by name where its result is of another version', () => {
    const path = join(world.root, 'old.json');
    const { format, ...old } = objectIn(readFileSync(join(run, 'result.json'), 'utf8'));
    expect(format).toBe(RESULT_FORMAT);
    writeFileSync(path, JSON.stringify(old));
    expect(() => readResult(path)).toThrow(`${path}: format: expected ${RESULT_FORMAT}`);
  });

  it('is resumed without work: the stored result comes back', async () => {
    const result = objectIn(readFileSync(join(run, 'result.json'), 'utf8'));
    expect(await json(['train', '--resume', run])).toMatchObject(result);
  });

  it('tells its learning rate, and where that is from', async () => {
    const { learningRate } = smallConfig(world);
    const { stdout } = await call(['train', '--resume', run, '--quiet']);
    expect(stdout).toContain(`\n  learning rate  ${String(learningRate)} (given)\n`);
  });

  it('is the same with --profile, to the bit, and the profile is in the answer alone', async () => {
    const again = join(world.root, 'profiled');
    const { profile } = await json([
      ...['train', '--config', join(world.root, 'config.json'), '--out', again],
      ...['--profile', '--no-latest'],
    ]);
    expect(profile).toMatchObject({ steps: smallConfig(world).steps });
    expect(JSON.stringify(profile)).toContain('"group":"optimizer"');
    for (const file of ['subset.safetensors', 'events.jsonl', 'config.json'])
      expect(readFileSync(join(again, file)), file).toEqual(readFileSync(join(run, file)));
    expect(objectIn(readFileSync(join(again, 'result.json'), 'utf8'))).not.toHaveProperty('profile');
  });

  it('answers a prompt', async () => {
    const { answer, prompt } = await json(['generate', '--model', run, '--prompt', 'a small cat']);
    expect(prompt).toBe('a small cat');
    expect(typeof answer).toBe('string');
  });

  it('is inspected: counts add up, by any partition', async () => {
    for (const silos of ['none', 'per-module', 'per-module-and-layer']) {
      const byRun = await json(['inspect', run, '--silos', silos]);
      const bySubset = await json(['inspect', subset, '--silos', silos]);
      expect(byRun['silos']).toEqual(bySubset['silos']);
      expect(byRun['kind']).toBe('run');
      expect(bySubset['kind']).toBe('subset');
    }
    const text = (await call(['inspect', world.seed])).stdout;
    expect(text).toContain(openModel(world.seed).fingerprint);
  });

  it('has a subset that is inspected as one, however small', async () => {
    const { theta, parameters } = openModel(world.seed);
    const about = { epsilon: '0.1', silos: 'none', distance: 'relative', method: 'dst' } as const;
    const path = join(world.root, 'small.safetensors');
    const sizes = new Set<boolean>();
    for (let count = 0; count <= 600; count += count < 4 ? 1 : 149) {
      const tuned = theta.map((value, i) => (i < count ? value + 1 : value));
      writeFileSync(path, writeSubset(createArtifact(theta, tuned, parameters, about)));
      sizes.add(statSync(path).size <= 4096);
      expect(await json(['inspect', path])).toMatchObject({ kind: 'subset', facts: { changed: count } });
    }
    expect(sizes.size).toBe(2);
  });

  it.each([
    ['its folder', () => run],
    ['runs/latest', () => join(world.root, 'latest')],
    ['the file', () => subset],
  ])('stands for its subset, named by %s', async (name, pathOf) => {
    const [tuned, back] = ['tuned', 'back'].map((folder) => join(world.root, `${folder}-${name.replace('/', '-')}`));
    const seedOfFile = name === 'the file' ? ['--seed', world.seed] : [];
    expect(await json(['overlap', subset, pathOf()])).toMatchObject({ overlap: 1 });
    const applied = await json(['apply', pathOf(), ...seedOfFile, '--out', tuned]);
    expect(applied['fingerprint']).toBe(openModel(run).fingerprint);
    const reverted = await json(['revert', pathOf(), ...seedOfFile, '--model', tuned, '--out', back]);
    expect(reverted).toMatchObject({ isSeed: true });
  });

  it('applies to the seed and reverts to it, to the bit', async () => {
    const [tuned, back] = [join(world.root, 'tuned'), join(world.root, 'back')];
    const applied = await json(['apply', subset, '--seed', world.seed, '--out', tuned]);
    expect(applied['fingerprint']).toBe(openModel(run).fingerprint);
    const reverted = await json(['revert', subset, '--model', tuned, '--seed', world.seed, '--out', back]);
    expect(reverted).toMatchObject({ isSeed: true, fingerprint: openModel(world.seed).fingerprint });
    const files = (folder: string): Buffer => readFileSync(join(folder, 'model.safetensors'));
    expect(files(back)).toEqual(files(world.seed));
  });

  it('overlaps with itself wholly', async () => {
    expect(await json(['overlap', subset, subset])).toMatchObject({ overlap: 1 });
  });
});

describe('trace', () => {
  /** The events of a call, one a line. */
  async function events(argv: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { code, stdout } = await call(['trace', ...argv, '--json']);
    expect(code).toBe(0);
    return objectsIn(stdout);
  }

  it('walks through Algorithm 1 in its order, silo by silo', async () => {
    const kinds = (await events(['--steps', '1', '--threshold', 'select', '--silos', 'none'])).map(({ kind }) => kind);
    expect(kinds).toEqual(['update', 'candidate', 'distances', 'threshold', 'projection', 'done']);
  });

  it('is text for people without --json: the events in the same order, each with its equation and its values', async () => {
    const argv = ['--steps', '1', '--threshold', 'select', '--silos', 'none'];
    const { stdout } = await call(['trace', ...argv]);
    const paragraphs = stdout.trimEnd().split('\n\n');
    const expected = await events(argv);
    expect(paragraphs).toHaveLength(expected.length);
    for (const [i, { kind, anchor, title, values }] of expected.entries()) {
      expect(paragraphs[i]).toContain(`step 1, ${String(kind)} (${String(anchor)}: ${String(title)})`);
      for (const name of Object.keys(values ?? {})) expect(paragraphs[i]).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    }
    expect(stdout).not.toContain('{');
  });

  it('names an anchor of the paper with each event', async () => {
    const anchors = new Set((await events(['--threshold', 'iterative'])).map(({ anchor }) => anchor));
    for (const anchor of ['alg-1', 'eq-3', 'eq-5', 'alg-2', 'eq-7']) expect(anchors).toContain(anchor);
  });

  it('of a run is made again from its config', async () => {
    const steps = (await events(['--run', run, '--steps', '2'])).map(({ step }) => step);
    expect(new Set(steps)).toEqual(new Set([1, 2]));
  });
});
