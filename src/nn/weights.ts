/**
 * The variables of a layer's parameters, looked up by path.
 *
 * @module
 */
import type { Variable } from '../autograd/variable.ts';
import { Internal } from '../errors.ts';

/** Finds the variable of a parameter's name. */
export type Lookup = (name: string) => Variable;

/** A lookup in the variables that {@link ParameterList.bind} gave. */
export function lookupIn(variables: ReadonlyMap<string, Variable>): Lookup {
  return (name) => {
    const variable = variables.get(name);
    if (variable === undefined) throw new Internal(`weights: expected a declared parameter, got "${name}"`);
    return variable;
  };
}
