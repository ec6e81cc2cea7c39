/**
 * Section 3.2: the three ways to part the parameters. A module is a tensor's path without its layer index.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { ParameterDescription, Strategy } from '../implementation.ts';
import { computeSilos, sortSilos } from '../oracle/silos.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';

const MODULES = ['attention/query', 'attention/output', 'feed_forward/up', 'norm/scale'] as const;
const OUTSIDE = ['embedding/token', 'final_norm/scale', 'unembedding'] as const;

/** A transformer's tensors: some modules in some layers, some tensors outside, in any order. */
function parameterLists(): Arbitrary<ParameterDescription[]> {
  const shape = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 2 });
  const inside = fc.record({ module: fc.constantFrom(...MODULES), layer: fc.nat(11), shape });
  const outside = fc.record({ module: fc.constantFrom(...OUTSIDE), layer: fc.constant(null), shape });
  const all = fc.oneof({ arbitrary: inside, weight: 4 }, { arbitrary: outside, weight: 1 });
  return fc
    .uniqueArray(all, { minLength: 1, maxLength: 16, selector: ({ module, layer }) => `${module} ${layer}` })
    .map((list) =>
      list.map(({ module, layer, shape: dimensions }) => ({
        name: layer === null ? module : `layers/${layer}/${module}`,
        module: layer === null ? module : `layers/${module}`,
        layer,
        shape: dimensions,
      })),
    );
}

function strategyLaw(strategy: Strategy, claim: string): Law<ParameterDescription[]> {
  return defineLaw({
    id: `silos/${strategy}`,
    equation: 'sec-3.2',
    claim,
    kind: 'paper',
    accepts: 'equal, as sets of sets of names',
    operation: 'silos',
    needs: { strategy },
    inputs: parameterLists,
    async check({ ask }, parameters) {
      const got = sortSilos((await ask({ strategy, parameters })).silos);
      const wanted = sortSilos(computeSilos(strategy, parameters));
      return JSON.stringify(got) === JSON.stringify(wanted) ? undefined : { got, wanted };
    },
  });
}

const noSilos = strategyLaw('none', 'Without silos all parameters are one silo.');

const perModule = strategyLaw(
  'per-module',
  'Per module there is one silo for each path without its layer index: the same module of all layers together.',
);

const perModuleAndLayer = strategyLaw(
  'per-module-and-layer',
  'Per module and layer there is one silo for each module of each layer, and for each module outside the layers.',
);

const silosAreAPartition = defineLaw({
  id: 'silos/are-a-partition',
  equation: 'sec-3.2',
  claim: 'Silos are disjoint, non-empty and together all parameters.',
  kind: 'paper',
  accepts: 'equal, as sets of names',
  operation: 'silos',
  inputs: ({ silos }) => fc.record({ strategy: fc.constantFrom(...silos), parameters: parameterLists() }),
  async check({ ask }, request) {
    const { silos } = await ask(request);
    const got = silos.flat().sort();
    const wanted = request.parameters.map(({ name }) => name).sort();
    if (silos.some((names) => names.length === 0)) return { got: silos, wanted: 'no empty silo' };
    return JSON.stringify(got) === JSON.stringify(wanted) ? undefined : { got, wanted };
  },
});

/** The laws of this file. */
export const laws: readonly Law[] = [noSilos, perModule, perModuleAndLayer, silosAreAPartition];
