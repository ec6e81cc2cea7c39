import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createT5OfUnigrams } from '../src/train/unigramT5.ts';
import { call, objectIn } from './call.ts';

/** Labels that the tokenizer says as `the`, `fin` and `the cat`. */
const ROWS = [
  ['the cat', '{the}'],
  ['für Straße', 'ﬁn'],
  ['schön', 'cats'],
  ['1, 1', 'the  cat'],
];

describe('an answer of a run', () => {
  const root = mkdtempSync(join(tmpdir(), 'dst-generate-'));
  const [seed, task, run] = ['seed', 'task', 'run'].map((name) => join(root, name));
  beforeAll(async () => {
    const { model, theta } = createT5OfUnigrams();
    model.write(seed, theta);
    mkdirSync(task);
    const lines = ROWS.map((row) => `${row.join('\t')}\n`).join('');
    for (const split of ['train', 'development', 'test']) writeFileSync(join(task, `${split}.tsv`), lines);
    const how = ['--method', 'full', '--steps', '80', '--batch', '4', '--learning-rate', '0.1', '--quiet'];
    expect(await call(['train', '--model', seed, '--task', task, ...how, '--out', run])).toMatchObject({ code: 0 });
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true }));

  const ask = (prompt: string, ...more: readonly string[]): ReturnType<typeof call> =>
    call(['generate', '--model', run, '--prompt', prompt, '--quiet', ...more]);

  it.each(ROWS)('to %j is the label %j as the task writes it', async (text, label) => {
    expect(await ask(text)).toEqual({ code: 0, stdout: `${label}\n`, stderr: '' });
    expect(objectIn((await ask(text, '--json')).stdout)).toMatchObject({ prompt: text, answer: label });
  });

  it('is what the tokenizer says if the data are others or gone, and that is said', async () => {
    writeFileSync(join(task, 'test.tsv'), 'the cat\tcats\n');
    const changed = await ask('the cat');
    expect(changed).toMatchObject({ code: 0, stdout: 'the\n' });
    expect(changed.stderr).toMatch(
      /^note: .*: expected the data of the run, got others: test: [^(]*\([0-9a-f]+\) then, .* now; the answer is as the tokenizer says it\n$/,
    );
    rmSync(task, { recursive: true });
    const gone = await ask('the cat');
    expect(gone).toMatchObject({ code: 0, stdout: 'the\n' });
    expect(gone.stderr).toMatch(
      /^note: .*: the data of the run: expected a folder at .*, got none there; the answer is/,
    );
    expect(changed.stderr + gone.stderr).not.toContain('--');
  });
});
