/**
 * Where in the paper a function stands: what its docstring begins with.
 *
 * @module
 */
import ts from 'typescript';
import { parse } from './mutants.ts';
import type { FoundMutant } from './mutants.ts';
import { readSource } from './sources.ts';

const PLACE = /\/\*\*[\s*]*((?:Eq\. \d|Algorithm \d|Table 1)(?: and Table 1)?):/;

const NAMES: Readonly<Record<string, string>> = {
  'src/paper.ts': 'ε and silos',
  'spec/mutants/optimizers.ts': 'AdaFactor and SGD',
  'spec/mutants/programs.ts': 'dialects of AdaFactor',
};

const placesOf = new Map<string, ReadonlyMap<string, string>>();

/** The equation, algorithm or table that the mutant's function states. */
export function placeOf({ file, scope }: Pick<FoundMutant, 'file' | 'scope'>): string {
  const places = placesOf.get(file) ?? readPlaces(file);
  placesOf.set(file, places);
  return places.get(scope.split('.')[0]) ?? NAMES[file] ?? file;
}

function readPlaces(file: string): ReadonlyMap<string, string> {
  const source = readSource(file);
  const functions = parse(file, source).statements.filter(ts.isFunctionDeclaration);
  return new Map(
    functions.flatMap(({ name, pos, body }) => {
      const place = PLACE.exec(source.slice(pos, body?.pos))?.[1];
      return name === undefined || place === undefined ? [] : [[name.text, place] as const];
    }),
  );
}
