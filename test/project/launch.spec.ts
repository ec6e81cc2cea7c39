/**
 * What .vscode/launch.json offers, tried without an editor: each entry's program runs under Node's inspector, stops on
 * lines of TypeScript with the calls that one expects there, and ends well.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { debugProgram, lineOf, type Place } from './debug/debugProgram.ts';

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly program: string;
  readonly args?: readonly string[];
  readonly runtimeArgs?: readonly string[];
}

interface Launch {
  readonly configurations: readonly Entry[];
  readonly inputs: readonly { readonly id: string; readonly default: string }[];
}

const root = packageRoot();
const { configurations, inputs } = JSON.parse(readFileSync(join(root, '.vscode', 'launch.json'), 'utf8')) as Launch;

/** Where somebody who starts the entry would want to stop, one place after the other, and the calls that lead there. */
interface Trial {
  readonly name: string;
  /** The file that is open in the editor. */
  readonly relativeFile?: string;
  readonly places: readonly (Place & { readonly calls: readonly string[] })[];
  readonly says: string;
}

const TRIALS: readonly Trial[] = [
  {
    name: 'step a toy',
    places: [
      {
        file: 'src/paper.ts',
        text: 'project(of(silo, theta)',
        calls: ['projectSilos src/paper.ts', 'step src/paper.ts', 'examples/step-a-toy.ts'],
      },
      {
        file: 'examples/step-a-toy.ts',
        text: 'anchor.padEnd(6)',
        calls: ['step src/dst/step.ts', 'traceStep src/dst/trace.ts'],
      },
      {
        file: 'src/dst/step.ts',
        text: 'moved += kernels.distance(',
        calls: ['selectSilo src/dst/step.ts', 'step src/dst/step.ts', 'traceStep src/dst/trace.ts'],
      },
    ],
    says: 'eq-7',
  },
  {
    name: 'step one law',
    places: [
      { file: 'test/spec/laws.spec.ts', text: 'await checkLaw(', calls: ['test/spec/laws.spec.ts'] },
      {
        file: 'src/dst/nearest.ts',
        text: 'selectSilo(projection, silo',
        calls: ['computeNearest src/dst/nearest.ts', 'project spec/ours.ts', 'check spec/laws/eq7-projection.ts'],
      },
    ],
    says: ' passed, 0 failed',
  },
  {
    name: 'one vitest file',
    relativeFile: 'test/src/dst/overlap.spec.ts',
    places: [
      {
        file: 'test/src/dst/overlap.spec.ts',
        text: 'expect(overlap(seed, a, b)).toBe(share)',
        calls: ['test/src/dst/overlap.spec.ts'],
      },
      {
        file: 'src/dst/overlap.ts',
        text: 'return paper.overlap(seed, a, b)',
        calls: ['overlap src/dst/overlap.ts', 'test/src/dst/overlap.spec.ts'],
      },
    ],
    says: '0 failed',
  },
];

function fillIn(text: string, relativeFile: string | undefined): string {
  return text.replace(/\$\{([^}]*)\}/g, (whole, variable: string) => {
    if (variable === 'workspaceFolder') return root;
    if (variable === 'relativeFile' && relativeFile !== undefined) return relativeFile;
    const input = inputs.find(({ id }) => variable === `input:${id}`);
    return input?.default ?? expect.fail(`${whole}: expected a variable that an editor fills in`);
  });
}

it('has a trial for each entry that starts Node', () => {
  const names = configurations.filter(({ type }) => type === 'node').map(({ name }) => name);
  expect(TRIALS.map(({ name }) => name)).toEqual(names);
});

it.concurrent.for(TRIALS)('"$name" stops where one wants to look', async (trial, { signal }) => {
  const { name, relativeFile, places, says } = trial;
  const entry = configurations.find((each) => each.name === name) ?? expect.fail(`no entry ${name}`);
  const words = [...(entry.runtimeArgs ?? []), entry.program, ...(entry.args ?? [])];
  const argv = words.map((word) => fillIn(word, relativeFile));
  const { stops, code, output } = await debugProgram(root, argv, places, signal);
  expect(stops.map(([innermost]) => innermost.replace(/^\S+ /, ''))).toEqual(
    places.map((place) => `${place.file}:${lineOf(place, root)}`),
  );
  for (const [i, { calls }] of places.entries()) {
    const made = stops[i].map((call) => call.replace(/:\d+$/, ''));
    expect(made.filter((call) => calls.includes(call))).toEqual(calls);
  }
  expect(code).toBe(0);
  expect(output).toContain(says);
});
