/**
 * Writes spec/bleu/scores.json anew: corpora and what sacreBLEU makes of them. `npm run sacrebleu`
 * installs the version that is named here into a temporary folder; it needs a `python3` with venv.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { anyCorpus, SEPARATED } from '../spec/bleu/corpora.ts';

const VERSION = '2.6.0';
const CORPORA = 150;
const SEED = 2411_08610;
const PATH = 'spec/bleu/scores.json';

const corpora = [...SEPARATED, ...fc.sample(anyCorpus, { numRuns: CORPORA, seed: SEED })];
const folder = mkdtempSync(join(tmpdir(), 'sacrebleu-'));
try {
  execFileSync('python3', ['-m', 'venv', folder]);
  const python = join(folder, 'bin', 'python');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', `sacrebleu==${VERSION}`], { stdio: 'inherit' });
  const input = corpora.map((corpus) => `${JSON.stringify(corpus)}\n`).join('');
  const options = { input, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const [about, ...answers] = execFileSync(python, ['spec/bleu/scores.py'], options).trimEnd().split('\n');
  const cases = corpora.map((corpus, i) => {
    const expected: unknown = JSON.parse(answers[i]);
    return toAscii(JSON.stringify({ ...corpus, expected }));
  });
  writeFileSync(PATH, `{"sacrebleu": ${about},\n"cases": [\n${cases.join(',\n')}\n]}\n`);
  console.log(`${PATH}: ${cases.length} corpora, ${about}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** JSON in which no character is lost to an editor. */
function toAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
