import { expect, it } from 'vitest';
import { defaultSeed } from '../../cli/seeds.ts';

it.each([
  ['supersense', 'nano'],
  ['de-en', 't5-nano'],
])('a seed that is missing is made by a call that can be pasted: %s', (task, name) => {
  const root = '/nowhere/of mine';
  expect(() => defaultSeed(task, { calledAs: 'npx dst' }, root)).toThrow(
    `${root}/seeds/${name}: expected a seed, got none; npx dst pretrain --model ${name} --out '${root}/seeds/${name}' makes one`,
  );
});
