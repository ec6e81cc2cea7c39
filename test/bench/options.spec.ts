import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/options.ts';
import { main } from '../../bench/run.ts';
import { SUBJECT_NAMES } from '../../bench/subjects.ts';

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: string[][] = [[], []];
  const code = await main(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    environment: {},
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), err: err.join('') };
}

describe('the options of the benchmarks', () => {
  it('takes all subjects where none is named, and each once', () => {
    expect(readOptions([]).subjects).toEqual(SUBJECT_NAMES);
    expect(readOptions(['step', 'matmul', 'step']).subjects).toEqual(['step', 'matmul']);
  });

  it('reads options wherever they stand', () => {
    const expected = { subjects: ['step'], quick: true, json: true, compare: 'a.json', out: null, kernels: 'scalar' };
    expect(readOptions(['--quick', '--json', 'step', '--compare', 'a.json', '--kernels=scalar'])).toMatchObject(
      expected,
    );
    expect(readOptions(['--kernels', 'scalar', 'step', '--compare=a.json', '--json', '--quick'])).toMatchObject(
      expected,
    );
  });

  it.each([
    [['stepp'], `bench: subject: expected one of ${SUBJECT_NAMES.join(', ')}, got "stepp" (did you mean "step"?)`],
    [['--quik'], '(did you mean "--quick"?)'],
    [['-q'], 'bench: option: expected one of'],
    [['--kernels', 'smid'], '--kernels: expected one of scalar, simd, got "smid" (did you mean "simd"?)'],
    [['--compare'], '--compare: expected a value, got nothing'],
    [['--compare', '--json'], '--compare: expected a value, got nothing'],
    [['--json=yes'], '--json: expected no value, got "yes"'],
    [['--compare', 'nowhere.json'], '--compare: expected a file that an earlier run wrote, got "nowhere.json"'],
    [['--compare', 'README.md'], '--compare: README.md: expected JSON, got'],
    [['--compare', 'package.json'], '--compare: package.json: expected a run of the benchmarks'],
  ])('refuses %j before anything is measured, with 2', async (argv, words) => {
    const { code, out, err } = await call(...argv);
    expect(err).toContain(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('prints help on stdout', async () => {
    const { code, out, err } = await call('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const word of [...SUBJECT_NAMES, '--compare', 'bench/peers']) expect(out).toContain(word);
  });
});
