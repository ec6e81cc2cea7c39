import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntry, readPronunciations } from '../../../src/data/cmuDictionary.ts';
import { groupInflections } from '../../../src/data/inflections.ts';
import { readPhonemes } from '../../../src/data/phonemes.ts';
import { referencesOf, type Example } from '../../../src/data/task.ts';
import { Internal } from '../../../src/errors.ts';
import { runs } from '../../run/runs.ts';

const task = readPhonemes();
const everything = [...task.train, ...task.development, ...task.test];
const wordOf = ({ text }: Example): string => text.replaceAll(' ', '');

/** Is one word the other and a regular ending? */
function isInflection(longer: string, shorter: string): boolean {
  return longer.startsWith(shorter) && /^('s|'|s|es|d|ed|ing)$/.test(longer.slice(shorter.length));
}

describe('the CMU Pronouncing Dictionary', () => {
  it.each([
    ['  "about": "AH0 B AW1 T",', 'about', 'AH B AW T'],
    ['  "a(2)": "EY1",', 'a', 'EY'],
    ['  "d\'artagnan": "D AH0 R T AE1 NG Y AH0 N # foreign french",', "d'artagnan", 'D AH R T AE NG Y AH N'],
    ['  "zywicki": "Z IH0 W IH1 K IY0"', 'zywicki', 'Z IH W IH K IY'],
  ])('parses %s', (line, word, phonemes) => {
    expect(parseEntry(line)).toEqual({ word, phonemes });
  });

  it.each(['  "about": "",', '  about: "AH0",', '  "about": "AH0  B",'])('refuses %s', (line) => {
    expect(() => parseEntry(line)).toThrow(Internal);
  });

  it('has 39 phonemes without stress, as its authors count them, and says nothing twice', () => {
    const ways = [...readPronunciations().values()];
    expect(readPronunciations().size).toBe(126_046);
    expect(new Set(ways.flat().flatMap((phonemes) => phonemes.split(' '))).size).toBe(39);
    expect(ways.filter((phonemes) => new Set(phonemes).size < phonemes.length)).toEqual([]);
  });
});

describe('families of inflections', () => {
  const words = fc.uniqueArray(
    fc
      .tuple(
        fc.constantFrom('a', 'ba', 'bak', 'lamp'),
        fc.array(fc.constantFrom("'s", "'", 's', 'es', 'd', 'ed', 'ing'), { maxLength: 3 }),
      )
      .map(([stem, endings]) => stem + endings.join('')),
    { maxLength: 20 },
  );

  it('are the components of "one is the other and an ending", found pair by pair', () => {
    fc.assert(
      fc.property(words, (list) => {
        const families = list.map((_, i) => i);
        list.forEach((a, i) => {
          list.forEach((b, j) => {
            if (!isInflection(a, b)) return;
            const [low, high] = [Math.min(families[i], families[j]), Math.max(families[i], families[j])];
            families.forEach((family, k) => {
              if (family === high) families[k] = low;
            });
          });
        });
        expect([...groupInflections(list)]).toEqual(families);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('the task phonemes', () => {
  it('has its sizes, and is open-ended', () => {
    expect([task.test.length, task.development.length]).toEqual([12_000, 2670]);
    expect(task.train.length).toBeGreaterThan(100_000);
    expect(task.labels).toEqual([]);
  });

  it('is the same each time: these rows are what results are compared by', () => {
    expect(task.test[2]).toEqual({
      text: 'i n h a b i t a n t s',
      label: 'IH N HH AE B AH T AH N T S',
      references: ['IH N HH AE B AH T AH N T S', 'IH N HH AE B IH T AH N T S'],
      where: 'cmu-pronouncing-dictionary: inhabitants',
    });
    expect(readPhonemes().test).toEqual(task.test);
  });

  it('spells with letters apart, and has for references what the dictionary says of the word', () => {
    const dictionary = readPronunciations();
    expect(everything.filter(({ text }) => !/^[a-z'](?: [a-z'])*$/.test(text))).toEqual([]);
    const other = everything.filter((example) => {
      const references = referencesOf(example);
      return references[0] !== example.label || references.join() !== dictionary.get(wordOf(example))?.join();
    });
    expect(other).toEqual([]);
  });

  it('has each word once', () => {
    expect(new Set(everything.map(wordOf)).size).toBe(everything.length);
  });

  it('has no held-out word whose inflection, or whose base, is another row of any part', () => {
    const all = new Set(everything.map(wordOf));
    const kin = [...task.test, ...task.development].map(wordOf).filter((word) => {
      const longer = ["'s", "'", 's', 'es', 'd', 'ed', 'ing'].map((ending) => word + ending);
      const shorter = [1, 2, 3].map((length) => word.slice(0, -length)).filter((base) => isInflection(word, base));
      return [...longer, ...shorter].some((other) => all.has(other));
    });
    expect(kin).toEqual([]);
  });

  it('holds out words like those of train: not the bare ones alone', () => {
    const lengths = (part: readonly Example[]): number[] => part.map((example) => wordOf(example).length);
    const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    const ofTrain = mean(lengths(task.train));
    const deviation = Math.sqrt(mean(lengths(task.train).map((n) => (n - ofTrain) ** 2)));
    // Four standard errors of a mean of 12,000 words.
    const near = (4 * deviation) / Math.sqrt(task.test.length);
    expect(Math.abs(mean(lengths(task.test)) - ofTrain)).toBeLessThan(near);
  });
});
