/**
 * What a program in JavaScript may give a function in place of what it takes: of each right value some of a wrong kind.
 *
 * @module
 */

/** What a call is given; one that is dry does too much to be made when it is right. */
export interface Call {
  readonly given: readonly unknown[];
  readonly dry?: true;
}

/** By the name of the export. Those that take nothing have an empty list. */
export type Calls = Readonly<Record<string, () => Call>>;

/** Says of a right value how it may be made wrong. */
class About {
  readonly value: unknown;
  readonly wrong: () => readonly unknown[];

  constructor(value: unknown, wrong: () => readonly unknown[]) {
    this.value = value;
    this.wrong = wrong;
  }
}

export function right(...given: unknown[]): Call {
  return { given };
}

export function dry(...given: unknown[]): Call {
  return { given, dry: true };
}

/** A name of a closed list: another is wrong, too. */
export function closed(name: string): unknown {
  return new About(name, () => [...wrongOf(name), `${name}x`]);
}

/** A list of one kind; each wrong element makes a wrong list. */
export function list(element: unknown): unknown {
  return new About([rightOf(element)], () => [null, 5, 'text', {}, ...wrongOf(element).map((wrong) => [wrong])]);
}

/**
 * An object with fields.
 *
 * @param ignored - fields that are not looked at.
 * @param nullables - fields that may be null.
 */
export function record(fields: object, ignored: readonly string[] = [], nullables: readonly string[] = []): unknown {
  const right = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, rightOf(value)]));
  return new About(right, () => [
    null,
    5,
    'text',
    [],
    ...Object.entries(fields)
      .filter(([name]) => !ignored.includes(name))
      .flatMap(([name, value]) =>
        wrongOf(value)
          .filter((wrong) => wrong !== null || !nullables.includes(name))
          .map((wrong) => ({ ...right, [name]: wrong })),
      ),
  ]);
}

/** Options: a name that none has is wrong, too, unless they are open. */
export function options(fields: Readonly<Record<string, unknown>>, open?: 'open'): unknown {
  const right = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, rightOf(value)]));
  const [name] = Object.keys(fields);
  const misspelt = open === undefined ? [{ ...right, [`${name}s`]: 1 }] : [];
  return new About(right, () => [...wrongOf(record(fields)), ...misspelt]);
}

/** A value that may be null as well. */
export function nullable(value: unknown): unknown {
  return new About(rightOf(value), () => wrongOf(value).filter((wrong) => wrong !== null));
}

/** A value of which only what is no such thing at all is wrong. */
export function opaque(value: unknown): unknown {
  return new About(value, () => [null, true, {}]);
}

/** The right value itself. */
export function rightOf(value: unknown): unknown {
  return value instanceof About ? value.value : value;
}

/** Values of wrong kinds in its place. */
export function wrongOf(value: unknown): readonly unknown[] {
  if (value instanceof About) return value.wrong();
  if (value instanceof Float32Array) return [null, 5, 'text', Array.from(value), Float64Array.from(value)];
  if (ArrayBuffer.isView(value)) return [null, 5, 'text', {}, Float64Array.of(1, 2)];
  if (Array.isArray(value)) return [null, 5, 'text', {}];
  switch (typeof value) {
    case 'number':
      return [null, String(value), NaN, {}, [value]];
    case 'string':
      return [null, 5, [value], {}];
    case 'boolean':
      return [null, 1, 'yes'];
    case 'function':
      return [null, 5, 'text', {}];
    default:
      return [null, 5, 'text', {}];
  }
}
