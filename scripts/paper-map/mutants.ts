/**
 * docs/conformance/mutants-on-vectors.md: which wrong implementation fails how many vectors.
 *
 * @module
 */
import { packageRoot } from '../../cli/package.ts';
import { MUTANTS } from '../../spec/mutants/all.ts';
import { createLiteral } from '../../spec/mutants/literal.ts';
import type { Mutant } from '../../spec/mutants/mutant.ts';
import { checkVector } from '../../spec/vectors/checker.ts';
import { lawOf } from '../../spec/vectors/vector.ts';
import type { Vector } from '../../spec/vectors/vector.ts';
import type { Pages } from '../generate/generator.ts';
import { readVectorsFor } from './sources.ts';

export async function fatePages(): Promise<Pages> {
  const fates = await tryMutants(MUTANTS, readVectorsFor(packageRoot(), 'float32'));
  return new Map([['docs/conformance/mutants-on-vectors.md', renderFates(fates)]]);
}

/** How a mutant fares. */
export interface Fate {
  readonly name: string;
  /** Vectors that apply to it, and those of them that it fails. */
  readonly applicable: number;
  readonly failed: number;
  /** The laws whose vectors it fails. */
  readonly laws: readonly string[];
}

export async function tryMutants(mutants: readonly Mutant[], vectors: readonly Vector[]): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const mutant of mutants) {
    const implementation = createLiteral(mutant);
    const failed: Vector[] = [];
    let applicable = 0;
    for (const vector of vectors) {
      const { state } = await checkVector(implementation, vector);
      if (state !== 'not-applicable') applicable++;
      if (state === 'fail') failed.push(vector);
    }
    fates.push({ name: mutant.name, applicable, failed: failed.length, laws: [...new Set(failed.map(lawOf))] });
  }
  return fates;
}

export function renderFates(fates: readonly Fate[]): string {
  const rows = fates.map(({ name, applicable, failed, laws }) => {
    const all = laws.map((law) => `\`${law}\``).join('<br>');
    const cell = laws.length <= 2 ? all : `<details><summary>${laws.length} laws</summary>${all}</details>`;
    return `| ${name.replaceAll('|', '\\|')} | ${failed} | ${applicable} | ${cell} |`;
  });
  const caught = fates.filter(({ failed }) => failed > 0).length;
  return `# Mutants on the vectors

Made by \`npm run generate\`; do not edit it. Each line is an implementation that is wrong in one place (\`spec/mutants\`), judged by the
golden cases alone (\`vectors/float32.jsonl\`): no law runs, nothing is drawn. ${caught} of ${fates.length} are caught.

| mutant | fails | of | the vectors of |
|---|--:|--:|---|
${rows.join('\n')}
`;
}
