/**
 * Golden vectors as checks: those of one law are one check, tried in their order.
 *
 * @module
 */
import fc from 'fast-check';
import type { Implementation } from '../implementation.ts';
import type { Law } from '../laws/law.ts';
import type { Outcome } from '../laws/outcome.ts';
import { checkVector } from '../vectors/checker.ts';
import { lawOf } from '../vectors/vector.ts';
import type { Vector } from '../vectors/vector.ts';

/**
 * The laws that the vectors are of, each asking its vectors instead of inputs of its own.
 *
 * @param runs - what the run is told to try for a law of weight 1; a law's weight makes its vectors of it.
 */
export function asGoldenLaws(laws: readonly Law[], vectors: readonly Vector[], runs: number): readonly Law[] {
  return laws.flatMap((law) => {
    const own = vectors.filter((vector) => lawOf(vector) === law.id);
    return own.length === 0 ? [] : [asGoldenLaw(law, own, runs)];
  });
}

function asGoldenLaw(law: Law, vectors: readonly Vector[], runs: number): Law {
  const byInput = new Map<unknown, Vector>(vectors.map((vector) => [vector.input, vector]));
  return {
    ...law,
    accepts: 'one of the vector’s answers',
    weight: runs / vectors.length,
    inputs() {
      let next = 0;
      return fc.constant(undefined).map(() => vectors[next++ % vectors.length].input);
    },
    async holds(implementation: Implementation, input: unknown): Promise<Outcome> {
      const vector = byInput.get(input);
      if (vector === undefined) return undefined;
      const verdict = await checkVector(implementation, vector);
      if (verdict.state === 'skip') return { skip: verdict.why };
      return verdict.state === 'fail'
        ? { at: `vector ${vector.id}`, got: verdict.got, wanted: verdict.wanted }
        : undefined;
    },
  };
}
