/**
 * Which methods of the main job, or steps of them, were made of something else than the rest.
 *
 * @module
 */
import { canonicalJson } from '../../src/run/checkpoint.ts';
import type { Identity } from '../../src/run/identity.ts';
import { earlierParts, type OtherIdentity } from '../report/identity.ts';
import type { Trained } from './compare.ts';
import { labelOf } from './methods.ts';

/** The parts of which the identity is not the job's; of several random seeds each is a part. */
export function othersOf(trained: readonly Pick<Trained, 'method' | 'runs'>[], identity: Identity): OtherIdentity[] {
  return trained.flatMap(({ method, runs }) =>
    runs.flatMap(({ randomSeed, result }) => {
      const name = labelOf(method) + (runs.length > 1 ? `, random seed ${randomSeed}` : '');
      const parts = earlierParts(result.earlier).map((other) => ({ ...other, part: `${name}, ${other.part}` }));
      const own = { part: name, identity: result.identity };
      return [...parts, own].filter((other) => canonicalJson(other.identity) !== canonicalJson(identity));
    }),
  );
}
