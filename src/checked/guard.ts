/**
 * What stands between a caller from JavaScript and a function: the kinds of its arguments.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { float32, type Check } from '../kinds.ts';

/** A function or a class. */
type Callable = ((...given: never[]) => unknown) | (abstract new (...given: never[]) => object);

/**
 * The same function or class, which looks at its arguments before it runs.
 *
 * @param name - its name, for messages.
 * @param kinds - a check for each parameter, in their order.
 * @param alike - the parameters whose vectors are to be equally long.
 */
/* @__NO_SIDE_EFFECTS__ */
export function guard<F extends Callable>(
  name: string,
  called: F,
  kinds: Readonly<Record<string, Check<unknown>>>,
  alike: readonly string[] = [],
): F {
  const parameters = Object.entries(kinds);
  const check = (given: readonly unknown[]): void => {
    parameters.forEach(([parameter, kind], i) => kind(given[i], `${name}: ${parameter}`));
    checkLengths(
      name,
      alike.map((parameter) => [parameter, float32(given[Object.keys(kinds).indexOf(parameter)], parameter)]),
    );
  };
  return new Proxy(called, {
    apply(target, self, given: readonly unknown[]): unknown {
      check(given);
      return Reflect.apply(target as (...given: unknown[]) => unknown, self, given);
    },
    construct(target, given: readonly unknown[], made): object {
      check(given);
      return Reflect.construct(target, given, made) as object;
    },
  });
}

function checkLengths(name: string, vectors: readonly (readonly [string, Float32Array])[]): void {
  const [first, ...others] = vectors;
  for (const [parameter, { length }] of others)
    if (length !== first[1].length)
      throw wrong(`${name}: ${parameter}`, `${first[1].length} values, as many as of ${first[0]}`, length);
}
