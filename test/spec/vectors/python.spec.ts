/**
 * The checker in plain Python, written from the format page alone, gives the verdicts that ours gives.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Answer, Implementation } from '../../../spec/implementation.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { RIGHT_VARIANTS } from '../../../spec/mutants/variants.ts';
import { checkVector } from '../../../spec/vectors/checker.ts';
import { readVectors } from '../../../spec/vectors/files.ts';
import { encode } from '../../../spec/wire/json.ts';
import type { Vector } from '../../../spec/vectors/vector.ts';

const program = fileURLToPath(new URL('../../../docs/conformance/check_vectors.py', import.meta.url));
const vectors = fileURLToPath(new URL('../../../vectors', import.meta.url));
const files = readVectors(vectors);
const folder = mkdtempSync(join(tmpdir(), 'dst-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['--version']).status === 0);

function isAsk(value: unknown): value is (input: unknown) => Answer<unknown> {
  return typeof value === 'function';
}

/** An implementation's answers, one a line, and the ids of those that our own checker finds wrong. */
async function answerAll(
  implementation: Implementation,
  all: readonly Vector[],
): Promise<{ readonly lines: string; readonly wrong: readonly string[] }> {
  const lines: string[] = [];
  const wrong: string[] = [];
  for (const vector of all) {
    const overheard: Answer<unknown>[] = [];
    const operations: Readonly<Record<string, unknown>> = { ...implementation };
    const ask = operations[vector.op];
    if (!isAsk(ask)) throw new Error(`no operation ${vector.op}`);
    const listening = { ...implementation, [vector.op]: (input: unknown) => note(ask(input)) };
    const note = (answer: Answer<unknown>): Answer<unknown> => {
      overheard.push(answer);
      return answer;
    };
    if ((await checkVector(listening, vector)).state === 'fail') wrong.push(vector.id);
    lines.push(`${encode({ id: vector.id, ...overheard[0] })}\n`);
  }
  return { lines: lines.join(''), wrong };
}

describe.skipIf(python === undefined)('the checker in Python (needs python3)', () => {
  // A process each: some right variants, and some mutants of every sort.
  const implementations = [
    ...RIGHT_VARIANTS.filter((_, i) => i % 3 === 0),
    ...MUTANTS.filter((_, i) => i % 16 === 0),
  ].map(createLiteral);

  it.each(implementations.map((each) => ({ name: each.capabilities.name, each })))(
    'agrees on $name',
    async ({ each }) => {
      const { capabilities } = each;
      const file = files.find(({ dtype }) => dtype === capabilities.dtype);
      const { lines, wrong } = await answerAll(each, file?.vectors ?? []);
      const answers = join(folder, 'answers.jsonl');
      writeFileSync(answers, lines);
      const flags = [
        ...(capabilities.ties === undefined ? [] : ['--ties', capabilities.ties]),
        ...(capabilities.flushesDenormals === true ? ['--flushes-denormals'] : []),
      ];
      const { status, stdout, stderr } = spawnSync(
        python ?? '',
        [program, join(vectors, `${capabilities.dtype}.jsonl`), answers, ...flags],
        { encoding: 'utf8' },
      );
      expect(stderr).toContain('answers are right');
      expect(stdout.split('\n').filter((line) => line !== '')).toEqual(wrong);
      expect(status).toBe(wrong.length > 0 ? 1 : 0);
    },
  );
});
