import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { readTrainConfig } from '../../../src/train/config.ts';
import { readResult, type TrainResult } from '../../../src/run/result.ts';
import { pathsOf } from '../../../src/run/runFolder.ts';
import { createWorld, smallConfig, type World } from './fixture.ts';
import { resultOfRun } from './trained.ts';

let world: World;
let path: string;
let text: string;
let result: TrainResult;
beforeAll(async () => {
  world = createWorld();
  const folder = `${world.root}/run`;
  result = await resultOfRun(folder, readTrainConfig(smallConfig(world), 'spec'));
  path = pathsOf(folder).result;
  text = readFileSync(path, 'utf8');
});
afterAll(() => world.remove());

/** The ways to every value in a value: `metric`, `metric.value`, `samples.0.text` … */
function waysIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [[name], ...waysIn(field).map((way) => [name, ...way])]);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}

/** The result with another value there. */
function changed(way: readonly string[], value: unknown): unknown {
  const copy: unknown = JSON.parse(text);
  const inside = way.slice(0, -1).reduce(fieldOf, copy);
  Object.assign(Object(inside), { [way[way.length - 1]]: value });
  return copy;
}

describe('result.json', () => {
  it('is read as it was written', () => {
    expect(readResult(path)).toEqual(result);
  });

  it('with a value of another kind anywhere in it is refused, and the place named', () => {
    // of lists the first entry: the others have the same checks
    const ways = waysIn(JSON.parse(text)).filter((way) => way.every((name) => !/^[1-9]/.test(name)));
    expect(ways.length).toBeGreaterThan(50);
    for (const way of ways) {
      writeFileSync(path, JSON.stringify(changed(way, { not: 'this' })));
      expect(() => readResult(path), way.join('.')).toThrow(InvalidInput);
      expect(() => readResult(path), way.join('.')).toThrow(way[0]);
    }
    writeFileSync(path, text);
  });
});
