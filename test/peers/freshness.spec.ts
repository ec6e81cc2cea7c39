import { describe, expect, it } from 'vitest';
import { environmentNames, parseRequirements } from '../../scripts/peers/environments.ts';
import { changedFiles, digestsOf, readResult, readSuite, suiteNames } from './suites.ts';

describe('the suites that ask peers in Python', () => {
  it.for(suiteNames())(
    '%s had no failure when it last ran, and says whether the code has changed since',
    (name, { skip }) => {
      const result = readResult(name);
      if (result === undefined) return skip('it has no last result: npm run test:peers');
      expect(result.failed).toBe(0);
      const changed = changedFiles(result.files, digestsOf(name));
      const shown = changed.slice(0, 3).join(', ') + (changed.length > 3 ? ` and ${changed.length - 3} more` : '');
      if (changed.length > 0) skip(`its last result (${result.date}) is older than ${shown}: npm run test:peers`);
      expect(result.passed).toBeGreaterThan(0);
    },
  );

  it.each(suiteNames())('%s asks environments that there are', (name) => {
    expect(environmentNames()).toEqual(expect.arrayContaining([...readSuite(name).environments]));
  });

  it('know a change, a new file and one that is gone', () => {
    expect(changedFiles({ a: '1', b: '2', c: '3' }, { b: '2', c: '4', d: '5' })).toEqual(['a', 'c', 'd']);
    expect(changedFiles({ a: '1' }, { a: '1' })).toEqual([]);
  });
});

describe('an environment’s requirements', () => {
  it('are bases, pinned packages and comments, and nothing else', () => {
    const { bases, packages } = parseRequirements('x', '# why\n-r torch.txt\n\nsafetensors==0.8.0\n');
    expect(bases).toEqual(['torch']);
    expect([...packages]).toEqual([['safetensors', '0.8.0']]);
    expect(() => parseRequirements('x', 'torch>=2')).toThrow(
      'x.txt: expected one of NAME==VERSION, -r NAME.txt, got "torch>=2"',
    );
  });
});
