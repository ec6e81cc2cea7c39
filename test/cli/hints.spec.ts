/** Hints name the command as the user calls it: what they say can be pasted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { LANGUAGES } from '../../cli/conform/languages.ts';
import { describeDemo } from '../../cli/demo/words.ts';
import { quote } from '../../spec/conform/replay.ts';
import { call } from './call.ts';
import { syntheticReport } from './report/synthetic.ts';

describe.each(['npx dst', `node 'my folder/main.js'`])('a hint for who calls %s', (calledAs) => {
  const names = COMMANDS.map(({ name }) => name);
  it.each(
    [...names.map((name) => [name, '--no-such-option']), ['--no-such-option'], [], ['conform']].map((argv) => ({
      argv,
    })),
  )('can be pasted after a wrong call: $argv', async ({ argv }) => {
    const { code, stderr } = await call(argv, { calledAs });
    expect(code).toBe(2);
    const pasted = stderr.slice(stderr.lastIndexOf('; see ') + '; see '.length).trim();
    expect(pasted.startsWith(`${calledAs} `), stderr).toBe(true);
    const words = pasted.slice(calledAs.length + 1).split(' ');
    expect(words).toEqual(argv.length === 0 || argv[0].startsWith('-') ? ['--help'] : [argv[0], '--help']);
    expect(await call(words, { calledAs })).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(LANGUAGES)('is how the adapter in $name is put to the laws', async ({ name }) => {
    const folder = join(mkdtempSync(join(tmpdir(), 'dst-hints-')), `it's mine`);
    const { code, stderr } = await call(['conform', '--init', name, folder], { calledAs });
    rmSync(dirname(folder), { recursive: true });
    expect(code).toBe(0);
    expect(stderr).toContain(`    ${calledAs} conform -- `);
    expect(stderr.replaceAll(calledAs, '')).not.toMatch(/\bdst conform/);
  });

  it('is what the main job says to try, in a folder of any name', () => {
    const report = syntheticReport();
    const folder = `runs/it's mine`;
    const text = describeDemo(report, folder, report.rows[3], 1_050_000, { calledAs });
    const [{ text: prompt }] = report.samples;
    expect(text).toContain(`Try: ${calledAs} generate --model ${quote(folder)} --prompt ${quote(prompt)}\n`);
  });
});
