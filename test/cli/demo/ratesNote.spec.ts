import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeRatesNote } from '../../../cli/demo/ratesNote.ts';
import { readRates, type Recorded } from '../../../cli/rates.ts';
import { defaultSeed } from '../../../cli/seeds.ts';
import { TRAIN_DEFAULTS } from '../../../src/train/config.ts';

const seed = defaultSeed();
const [file] = readdirSync(seed).filter((name) => name.startsWith('rates-supersense'));
const path = join(seed, file);
const recorded: Recorded = { path, rates: readRates(path), differs: [] };
const steps = Number(recorded.rates.config['steps'] ?? TRAIN_DEFAULTS.steps);

describe('the note on the learning rates of the main job', () => {
  it('is absent for the steps of the sweep', () => {
    expect(describeRatesNote(recorded, { steps })).toBeNull();
  });

  it('names both numbers of steps if they differ', () => {
    const words = `note: ${path}: the rates were found for ${steps} steps, not for ${steps + 1}`;
    expect(describeRatesNote(recorded, { steps: steps + 1 })).toBe(words);
  });

  it('says that they are guesses if none is recorded, or those of another seed', () => {
    expect(describeRatesNote(null, { steps })).toMatch(/no learning rates are on record.*guesses$/);
    expect(describeRatesNote({ ...recorded, differs: ['another seed'] }, { steps })).toMatch(
      /of another seed: .*guesses here$/,
    );
  });
});
