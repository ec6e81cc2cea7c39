/**
 * The order of failures: each law has its place, a cause comes before what follows from it, and of each named mutant the
 * first failure that is shown lies where the mutant is wrong.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { groundOf, GROUNDS, inOrderOfDependence, traceFailures } from '../../../spec/diagnosis/dependence.ts';
import { diagnose } from '../../../spec/diagnosis/diagnose.ts';
import { loadSignatures } from '../../../spec/diagnosis/signatures.ts';
import { findLaw, LAWS } from '../../../spec/laws/all.ts';
import type { Law } from '../../../spec/laws/law.ts';
import { MUTANTS } from '../../../spec/mutants/all.ts';
import { createLiteral } from '../../../spec/mutants/literal.ts';
import { placesBrokenBy } from '../../../spec/mutants/mutant.ts';
import { tryLaws } from './run.ts';

const law = (id: string): Law => findLaw(id) ?? expect.fail(`no law is called ${id}`);

describe('the grounds', () => {
  it('each stands on earlier ones alone', () => {
    const later = GROUNDS.flatMap(({ name, standsOn }, i) =>
      standsOn.filter((other) => !GROUNDS.slice(0, i).some((ground) => ground.name === other)).map((o) => [name, o]),
    );
    expect(later).toEqual([]);
  });

  it('have every law, and each has one', () => {
    const names = LAWS.map((each) => groundOf(each).name);
    expect(GROUNDS.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('failures', () => {
  it('follow from those that they stand on, through what lies between', () => {
    const ids = ['eq1/what-did-not-move-does-not-change', 'alg1/thirty-steps', 'eq5/of-every-size', 'eq9/is-symmetric'];
    const cause = ['eq5/of-every-size'];
    expect(traceFailures(ids.map(law))).toEqual([
      { id: 'eq5/of-every-size', follows: [] },
      { id: 'eq1/what-did-not-move-does-not-change', follows: cause },
      { id: 'alg1/thirty-steps', follows: cause },
      { id: 'eq9/is-symmetric', follows: [] },
    ]);
  });
});

/** What each mutant fails in a default run. */
const FAILED = new Map(
  loadSignatures().mutants.map(({ name, always }) => [name, LAWS.filter(({ id }) => always.has(id))]),
);

/** The mutants whose first failure, as `order` shows them, lies elsewhere. */
function misplaced(order: (failed: readonly Law[]) => readonly Law[]): string[] {
  return MUTANTS.filter((mutant) => {
    const [first] = order(FAILED.get(mutant.name) ?? []);
    return !placesBrokenBy(mutant).includes(first.equation);
  }).map(({ name }) => name);
}

describe('the first failure that is shown', () => {
  it('can be the cause: each mutant says where it is wrong', () => {
    expect(MUTANTS.filter((mutant) => placesBrokenBy(mutant).length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('is the cause, but where Eq. 8 is seen through the bisection alone', () => {
    expect(misplaced(inOrderOfDependence)).toEqual([
      'Eq. 8: ≥ for > in the count',
      'Eq. 8: a share of |S| − 1',
      'Eq. 8: what lies below is counted',
      'Eq. 8: a share of the distances above 0',
    ]);
  });

  it('is not in the paper’s order: half of them show a symptom', () => {
    expect(misplaced((failed) => failed).length).toBeGreaterThan(MUTANTS.length / 3);
  });

  it('is the cause if the mistake is a known one', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'Eq. 8: what lies below is counted');
    if (mutant === undefined) expect.fail('the mutant has another name now');
    const implementation = createLiteral(mutant);
    const laws = LAWS.filter(({ equation }) => equation === 'eq-8' || equation === 'alg-2');
    const { checks, answers } = await tryLaws(implementation, laws, { runs: 150, seed: 5 });
    const diagnosis = await diagnose(checks, answers, implementation.capabilities);
    expect(diagnosis?.like).toEqual([{ mutant: mutant.name, checks: answers.size }]);
    expect(law(diagnosis?.failures[0].id ?? '').equation).toBe('eq-8');
  });
});
