/**
 * Inputs that are drawn case by case in turn, so that a run of enough inputs has every case, whatever its seed.
 *
 * @module
 */
import fc from 'fast-check';
import type { Arbitrary, IAsyncProperty } from 'fast-check';

/** Of which case a value was made, and what its case's arbitrary wants to know again. */
class Origin {
  readonly place: number;
  readonly context: unknown;

  constructor(place: number, context: unknown) {
    this.place = place;
    this.context = context;
  }
}

const NOBODYS = Symbol('of no case');

/** An arbitrary whose values are those of its cases, one after the other; a value shrinks within its case. */
class Turns<T> extends fc.Arbitrary<T> {
  readonly #cases: readonly Arbitrary<T>[];
  /** Whose turn it is; without a run, anybody's. */
  #turn: number | undefined;

  constructor(cases: readonly Arbitrary<T>[]) {
    super();
    this.#cases = cases;
  }

  take(turn: number): void {
    this.#turn = turn;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    const last = this.#cases.length - 1;
    const place = this.#turn === undefined ? random.nextInt(0, last) : this.#turn % (last + 1);
    const { value_: value, context } = this.#cases[place].generate(random, bias);
    return new fc.Value(value, new Origin(place, context));
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    // A bare value may be of any case.
    return value === NOBODYS;
  }

  override shrink(value: T, origin: unknown): fc.Stream<fc.Value<T>> {
    if (!(origin instanceof Origin)) return fc.Stream.nil();
    const { place, context } = origin;
    return this.#cases[place]
      .shrink(value, context)
      .map((smaller) => new fc.Value(smaller.value_, new Origin(place, smaller.context)));
  }
}

/** The cases in turn, if {@link inTurn} or {@link sample} asks for them. */
export function turns<T>(cases: readonly Arbitrary<T>[]): Arbitrary<T> {
  return new Turns(cases);
}

/** What of a property draws its inputs. */
type Drawing = Pick<IAsyncProperty<unknown>, 'generate'>;

/**
 * Tells the inputs of a property whose turn it is: that of the run, counted on from the seed, so that short runs of
 * different seeds have different cases. The same seed and path give the same input.
 */
export function inTurn<P extends Drawing>(property: P, inputs: Arbitrary<unknown>, seed: number): P {
  if (!(inputs instanceof Turns)) return property;
  const generate = property.generate.bind(property);
  property.generate = (random, run) => {
    inputs.take((seed >>> 0) + (run ?? 0));
    return generate(random, run);
  };
  return property;
}

/** The inputs that a check with this number of runs and this seed tries. */
export function sample<T>(inputs: Arbitrary<T>, parameters: { readonly numRuns: number; readonly seed: number }): T[] {
  const drawn: T[] = [];
  const property = fc.property<[T]>(inputs, (input) => void drawn.push(input));
  fc.assert(inTurn(property, inputs, parameters.seed), parameters);
  return drawn;
}
