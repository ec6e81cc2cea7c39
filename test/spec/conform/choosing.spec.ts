/**
 * Which checks are meant: globs and groups, files of known failures, levels, and the line that shows a check again.
 */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAWS } from '../../../spec/laws/all.ts';
import { formatKnown, parseKnown } from '../../../spec/conform/known.ts';
import { levelOf } from '../../../spec/conform/levels.ts';
import { LEVELS } from '../../../spec/conform/record.ts';
import type { CheckRecord } from '../../../spec/conform/record.ts';
import { quote, replayLine } from '../../../spec/conform/replay.ts';
import { matches, selectLaws } from '../../../spec/conform/select.ts';

const ids = LAWS.map(({ id }) => id);

const check = (id: string, state: CheckRecord['state']): CheckRecord => ({
  type: 'check',
  id,
  equation: 'eq-9',
  claim: '',
  kind: 'paper',
  accepts: '',
  level: 'core',
  state,
  runs: 1,
  milliseconds: 1,
  why: 'a reason\nof two lines',
});

describe('a pattern', () => {
  it.each([
    ['eq9/is-symmetric', 'eq9/is-symmetric', true],
    ['eq9/is-symmetric', 'eq9/is-symmetric-too', false],
    ['eq9', 'eq9/is-symmetric', true],
    ['eq', 'eq9/is-symmetric', false],
    ['eq*', 'eq9/is-symmetric', true],
    ['eq9/*metric', 'eq9/is-symmetric', true],
    ['*/is-*', 'eq9/is-symmetric', true],
    ['**', 'eq9/is-symmetric', true],
    ['**symm**', 'eq9/is-symmetric', true],
    ['eq9/is.symmetric', 'eq9/is-symmetric', false],
    ['eq9/(*', 'eq9/is-symmetric', false],
  ])('%s and %s: %s', (pattern, id, isMeant) => {
    expect(matches(pattern, id)).toBe(isMeant);
  });

  it('chooses in the order of the laws, each once', () => {
    expect(selectLaws(LAWS, [...ids].reverse(), '--checks').map(({ id }) => id)).toEqual(ids);
    expect(selectLaws(LAWS, ['eq9', '**'], '--checks')).toEqual(LAWS);
  });

  it.each([
    ['eq9/is-symetric', 'did you mean "eq9/is-symmetric"?'],
    ['eq99', 'did you mean "eq9"?'],
    ['zzzzzzzzzzzzzz', '--list names them all'],
  ])('%s, which means nothing, is an error with the nearest id', (pattern, hint) => {
    expect(() => selectLaws(LAWS, [pattern], '--checks')).toThrow(
      new RegExp(
        `^--checks: expected the id of a check, a glob or a group, got "${pattern}".*${hint.replace('?', '\\?')}`,
      ),
    );
  });
});

describe('a file of known failures', () => {
  it('has an id or a glob and a reason on each line', () => {
    const text = '# ours\n\neq9/is-symmetric  # sizes\r\nalg2   #  no bisection yet \n';
    const known = parseKnown(text, LAWS, 'known.txt');
    expect(known.get('eq9/is-symmetric')).toBe('sizes');
    expect(known.get('alg2/starts-at-one')).toBe('no bisection yet');
    expect(known.size).toBe(1 + ids.filter((id) => id.startsWith('alg2/')).length);
  });

  it.each([
    ['eq9/is-symmetric', 'known.txt:2: expected an id or a glob, #, and a reason, got "eq9/is-symmetric"'],
    ['eq9/is-symmetric #  ', 'known.txt:2: expected an id or a glob, #, and a reason, got "eq9/is-symmetric #"'],
    ['eq9/is-symmetric too # why', 'known.txt:2: expected an id or a glob, #, and a reason'],
    ['eq9/is-symetric # why', 'known.txt:2: expected the id of a check, a glob or a group, got "eq9/is-symetric"'],
  ])('says where it is wrong: %s', (line, message) => {
    expect(() => parseKnown(`# ours\n${line}\n`, LAWS, 'known.txt')).toThrow(message);
  });

  it('that a run writes can be read back, old reasons kept', () => {
    const checks = [
      check('eq9/is-symmetric', 'expected-failure'),
      check('eq9/unequal-sizes', 'crash'),
      check('eq9/share-in-common', 'pass'),
    ];
    const text = formatKnown(checks, new Map([['eq9/is-symmetric', 'sizes']]));
    const known = parseKnown(text, LAWS, 'known.txt');
    expect([...known.keys()]).toEqual(['eq9/is-symmetric', 'eq9/unequal-sizes']);
    expect(known.get('eq9/is-symmetric')).toBe('sizes');
    expect(known.get('eq9/unequal-sizes')).toBe('TODO say why: crash: a reason of two lines');
  });

  it('keep the reasons that the file has, of checks that are not asked too, and lose what holds', () => {
    const text = formatKnown(
      [check('eq9/unequal-sizes', 'fail'), check('eq9/share-in-common', 'pass')],
      new Map([
        ['eq9/unequal-sizes', 'they are never unequal here'],
        ['eq9/share-in-common', 'not yet'],
        ['eq7/ties-are-decided-exactly', 'we break ties at random'],
      ]),
    );
    expect([...parseKnown(text, LAWS, 'known.txt')]).toEqual([
      ['eq9/unequal-sizes', 'they are never unequal here'],
      ['eq7/ties-are-decided-exactly', 'we break ties at random'],
    ]);
  });
});

describe('levels', () => {
  it('are all in use, Algorithm 2 being one of its own whoever is asked', () => {
    expect(new Set(LAWS.map(levelOf))).toEqual(new Set(LEVELS));
    for (const law of LAWS.filter(({ equation }) => equation === 'alg-2')) expect(levelOf(law)).toBe('bisection');
    for (const law of LAWS.filter(({ operation }) => operation === 'overlap')) expect(levelOf(law)).toBe('core');
  });
});

describe('the line that replays a failure', () => {
  it('is read by a shell as the words that it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (words) => {
        const clean = words.map((word) => word.replaceAll('\0', ''));
        const text = execFileSync('sh', ['-c', `printf '%s\\0' ${clean.map(quote).join(' ')}`], { encoding: 'utf8' });
        expect(text.split('\0').slice(0, -1)).toEqual(clean);
      }),
      { numRuns: 30 },
    );
  });

  it('names the command as it was called, check, seed, path and program', () => {
    const calledAs = 'npx dst';
    const replay = {
      calledAs,
      id: 'eq9/is-symmetric',
      seed: -7,
      path: '3:1:0',
      command: ['python3', 'my adapter.py', "it's"],
    };
    expect(replayLine(replay)).toBe(
      `npx dst conform --checks eq9/is-symmetric --seed -7 --path 3:1:0 -- python3 'my adapter.py' 'it'\\''s'`,
    );
  });
});
