/**
 * Every operation is stateless: a request has one answer, whatever was asked in between.
 *
 * @module
 */
import fc from 'fast-check';
import { coarseNumbers, formatOf } from '../arbitraries.ts';
import type { Operation, Outputs, Requests } from '../implementation.ts';
import { showNumber } from '../oracle/formats.ts';
import { defineLaw } from './law.ts';
import type { Law, Needs } from './law.ts';
import { adafactorWithoutScale, exactSgd, trainings } from './trained.ts';

interface Options<O extends Operation> {
  readonly id: string;
  readonly claim: string;
  readonly operation: O;
  readonly needs: Needs;
  readonly inputs: Law<{ readonly first: Requests[O]; readonly between: Requests[O] }>['inputs'];
  valuesOf(output: Outputs[O]): readonly number[];
}

function statelessLaw<O extends Operation>({ id, claim, operation, needs, inputs, valuesOf }: Options<O>) {
  return defineLaw<O, { readonly first: Requests[O]; readonly between: Requests[O] }>({
    id,
    claim,
    operation,
    needs,
    inputs,
    equation: 'protocol',
    kind: 'ruling',
    accepts: 'the same answer, to the bit',
    weight: 3,
    async check({ ask }, { first, between }) {
      const before = valuesOf(await ask(first));
      await ask(between);
      const after = valuesOf(await ask(first));
      const index = before.findIndex((value, i) => !Object.is(value, after[i]));
      if (index < 0) return undefined;
      return {
        at: `value ${index}, asked again`,
        got: after[index],
        wanted: `${showNumber(before[index])}, as at first`,
      };
    },
  });
}

const thresholdsAreStateless = statelessLaw({
  id: 'stateless/no-threshold-is-remembered',
  claim: 'What a bisection starts from is in the request: an earlier one leaves nothing behind.',
  operation: 'threshold',
  needs: { method: 'iterative' },
  inputs: () => {
    const request = fc.record({
      method: fc.constant('iterative'),
      distances: fc.array(coarseNumbers().map(Math.abs), { minLength: 1, maxLength: 8 }),
      epsilon: fc.constantFrom(0.25, 0.5),
      previous: fc.constantFrom(1, 2, 0.5),
      factor: fc.constant(2),
      iterations: fc.integer({ min: 1, max: 4 }),
    });
    return fc.record({ first: request, between: request });
  },
  valuesOf: ({ threshold }) => [threshold],
});

const optimizersAreStateless = statelessLaw({
  id: 'stateless/no-optimizer-state-is-remembered',
  claim: 'An optimizer begins again with every request.',
  operation: 'optimize',
  needs: { optimizer: 'adafactor' },
  inputs: () => {
    const request = fc.array(fc.array(coarseNumbers(), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    });
    const ask = (gradients: number[][]): Requests['optimize'] => ({
      optimizer: { name: 'adafactor', learningRate: 0.5 },
      parameters: [1, 1, 1],
      shape: [3],
      gradients,
    });
    return fc.tuple(request, request).map(([a, b]) => ({ first: ask(a), between: ask(b) }));
  },
  valuesOf: ({ updates }) => updates.flat(),
});

const trainingsAreStateless = statelessLaw({
  id: 'stateless/no-training-is-remembered',
  claim: 'A training begins again with every request: no threshold, mask or moment is left of the one before.',
  operation: 'train',
  needs: { method: 'iterative', optimizer: 'adafactor' },
  inputs: (capabilities) => {
    const optimizer = fc.oneof(exactSgd(), adafactorWithoutScale(formatOf(capabilities)));
    const claims = ({ name }: { readonly name: string }): boolean =>
      capabilities.optimizers.some((claimed) => claimed === name);
    const request = trainings(capabilities, { optimizer: optimizer.filter(claims), maxSteps: 2 });
    return fc.tuple(request, request).map(([a, b]) => ({
      first: { ...a, method: 'iterative' },
      between: { ...b, method: 'iterative' },
    }));
  },
  valuesOf: ({ parameters }) => parameters.flat(),
});

/** The laws of this file. */
export const laws: readonly Law[] = [thresholdsAreStateless, optimizersAreStateless, trainingsAreStateless];
