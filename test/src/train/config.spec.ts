import { describe, expect, it } from 'vitest';
import { readTrainConfig, TRAIN_DEFAULTS } from '../../../src/train/config.ts';
import { METHOD_NAMES } from '../../../src/train/names.ts';
import { PRETRAIN_DEFAULTS, readPretrainConfig } from '../../../src/pretrain/pretrainConfig.ts';

const model = 'seeds/base';

describe('readTrainConfig', () => {
  it('completes what is missing with the defaults', () => {
    expect(readTrainConfig({ model }, 'config')).toEqual({ ...TRAIN_DEFAULTS, model });
  });

  it('gives back what it read, through JSON', () => {
    const config = readTrainConfig({ model, epsilon: 0.1, momentum: 0.9, schedule: 'cosine' }, 'config');
    expect(readTrainConfig(JSON.parse(JSON.stringify(config)), 'config')).toEqual(config);
  });

  it.each([
    [{ model, epsilonn: 0.1 }, '(did you mean "epsilon"?)'],
    [
      { model, method: 'dstt' },
      `config: method: expected one of ${METHOD_NAMES.join(', ')}, got "dstt" (did you mean "dst"?)`,
    ],
    [{ model, epsilon: 0 }, 'config: epsilon: expected a number in (0, 1], got 0'],
    [{ model, epsilon: 1.5 }, 'config: epsilon: expected a number in (0, 1], got 1.5'],
    [{ model, epsilon: '0.1' }, 'config: epsilon: expected a number in (0, 1], got "0.1"'],
    [{ model, epsilon: null }, 'config: epsilon: expected a number in (0, 1], got null'],
    [{ model, steps: 0 }, 'config: steps: expected a whole number of at least 1, got 0'],
    [{ model, steps: 2.5 }, 'config: steps: expected a whole number of at least 1, got 2.5'],
    [{ model, learningRate: 0 }, 'config: learningRate: expected a number above 0, got 0'],
    [{ model, dropout: 1 }, 'config: dropout: expected a number in [0, 1), got 1'],
    [{ model, warmStart: 'yes' }, 'config: warmStart: expected true or false, got "yes"'],
    [{ model, warmUp: 400 }, 'config: warmUp: expected fewer than the 400 steps of the run, got 400'],
    [{}, 'config: model: expected a value, got "nothing"'],
    [[], 'config: expected an object, got '],
    [null, 'config: expected an object, got null'],
    ['dst', 'config: expected an object, got "dst"'],
  ])('refuses %j', (value, message) => {
    expect(() => readTrainConfig(value, 'config')).toThrow(message);
  });
});

describe('readPretrainConfig', () => {
  it('completes what is missing with the defaults', () => {
    expect(readPretrainConfig({}, 'config')).toEqual(PRETRAIN_DEFAULTS);
  });

  it('refuses rows that are longer than the context', () => {
    expect(() => readPretrainConfig({ length: 512 }, 'config')).toThrow(
      'config: length: expected at most the context of 256, got 512',
    );
  });
});
