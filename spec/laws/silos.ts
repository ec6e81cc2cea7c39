/**
 * Section 3.2: the three ways to part the parameters. A module is a tensor's path without its layer index.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { MANY_SILOS } from '../asking/sizes.ts';
import { turns } from '../asking/turns.ts';
import type { ParameterDescription, Strategy } from '../implementation.ts';
import { computeSilos, sortSilos } from '../oracle/silos.ts';
import { defineLaw } from './law.ts';
import type { Law } from './law.ts';

const MODULES = ['attention/query', 'attention/output', 'feed_forward/up', 'norm/scale'] as const;
const OUTSIDE = ['embedding/token', 'final_norm/scale', 'unembedding'] as const;

/** A transformer's tensors: some modules in some layers, some tensors outside, in any order. */
function tensors(counts: {
  readonly minLength: number;
  readonly maxLength: number;
}): Arbitrary<ParameterDescription[]> {
  const shape = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 2 });
  const inside = fc.record({ module: fc.constantFrom(...MODULES), layer: fc.nat(counts.maxLength), shape });
  // A module's path may be one that stands outside as well as in the layers: layer 0 is not the same as none.
  const outside = fc.record({ module: fc.constantFrom(...OUTSIDE), layer: fc.constant(null), shape });
  const all = fc.oneof({ arbitrary: inside, weight: 4 }, { arbitrary: outside, weight: 1 });
  return fc.uniqueArray(all, { ...counts, selector: ({ module, layer }) => `${module} ${layer}` }).map((list) =>
    list.map(({ module, layer, shape: dimensions }) => ({
      name: layer === null ? module : `layers/${layer}/${module}`,
      module: layer === null ? module : `layers/${module}`,
      layer,
      shape: dimensions,
    })),
  );
}

/** One module in layer 0 and outside the layers, among others. */
function besideLayerZero(): Arbitrary<ParameterDescription[]> {
  return fc.tuple(tensors({ minLength: 0, maxLength: 4 }), fc.constantFrom(...MODULES)).map(([others, path]) => {
    const module = `layers/${path}`;
    const all = [
      { name: module, module, layer: null, shape: [2] },
      { name: `layers/0/${path}`, module, layer: 0, shape: [3] },
      ...others,
    ];
    return [...new Map(all.map((parameter) => [parameter.name, parameter])).values()];
  });
}

/** Lists of few tensors, once in a while of a hundred, and of a module in layer 0 and in none. */
function parameterLists(): Arbitrary<ParameterDescription[]>[] {
  const few = tensors({ minLength: 1, maxLength: 16 });
  const many = tensors({ minLength: MANY_SILOS, maxLength: MANY_SILOS });
  return [...new Array<typeof few>(12).fill(few), besideLayerZero(), few, many];
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
    inputs: () => turns(parameterLists()),
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
  inputs: ({ silos }) =>
    turns(parameterLists().map((parameters) => fc.record({ strategy: fc.constantFrom(...silos), parameters }))),
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
