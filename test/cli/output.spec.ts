import { describe, expect, it } from 'vitest';
import { writeResult } from '../../cli/output.ts';
import { objectIn } from './call.ts';

function write(value: Readonly<Record<string, unknown>>): string {
  const out: string[] = [];
  const stdout = { write: (text: string) => out.push(text) };
  writeResult({ stdout, stderr: stdout, environment: {}, signal: new AbortController().signal }, true, value, '');
  return out.join('');
}

describe('what --json writes', () => {
  it('says what is no number of JSON, and makes no null of it', () => {
    const answer = objectIn(write({ perplexity: Infinity, trials: [{ value: NaN }, { value: 0.5 }], baseline: null }));
    expect(answer).toEqual({
      schemaVersion: 1,
      perplexity: 'Infinity',
      trials: [{ value: 'NaN' }, { value: 0.5 }],
      baseline: null,
    });
  });
});
