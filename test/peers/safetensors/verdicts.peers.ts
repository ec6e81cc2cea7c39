import { describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { bytesOf, smallFiles } from '../../src/files/headers.ts';
import { askPython } from '../python.ts';

const ENVIRONMENT = 'transformers-5';
/** Beside the test of our reader, which is held against it without a Python. */
const TABLE = new URL('../../src/files/safetensorsVerdicts.json', import.meta.url).pathname;

describe('the safetensors library', () => {
  it('reads and refuses what the table says (make it anew by -u)', async ({ skip }) => {
    if (!isInstalled(ENVIRONMENT)) skip(missing(ENVIRONMENT));
    const files = smallFiles();
    const asked = files.map((file) => Buffer.from(bytesOf(file)).toString('base64'));
    const { version, verdicts } = askPython(ENVIRONMENT, new URL('verdicts.py', import.meta.url), asked) as Answer;
    const rows = files.map((file, i) => JSON.stringify({ ...file, verdict: verdicts[i] }));
    const table = `{"safetensors": "${version}", "files": [\n${rows.join(',\n')}\n]}\n`;
    await expect(table).toMatchFileSnapshot(TABLE);
    expect(verdicts.filter((verdict) => verdict !== null).length).toBeGreaterThan(100);
  });
});

interface Answer {
  readonly version: string;
  /** What was read, or null. */
  readonly verdicts: readonly unknown[];
}
