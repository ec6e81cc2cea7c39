/**
 * The one source of chance: xoshiro128** (Blackman and Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c),
 * seeded through splitmix32, with independent streams by label. The same seed gives the same numbers on every machine.
 *
 * @module
 */
import { wrong } from '../errors.ts';

/** Everything that a stream is, as JSON. */
export interface RandomState {
  /** What {@link Random.split} derives from; it stays the same while numbers are drawn. */
  readonly key: number;
  /** The four words of xoshiro128**. */
  readonly words: readonly [number, number, number, number];
}

/**
 * A stream of random numbers.
 *
 * @example
 * ```ts
 * const random = new Random(7);
 * const dropout = random.split('dropout'); // independent of how much has been drawn from `random`
 * const resumed = Random.fromState(JSON.parse(JSON.stringify(random.state)));
 * ```
 */
export class Random {
  #key: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  constructor(randomSeed: number | string) {
    this.#key = hash(typeof randomSeed === 'number' ? `number ${randomSeed}` : `text ${randomSeed}`);
    const next = splitmix32(this.#key);
    [this.#a, this.#b, this.#c, this.#d] = [next(), next(), next(), next()];
  }

  /** The stream that had this state. */
  static fromState(state: RandomState): Random {
    const whole = [state.key, ...state.words].every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32);
    if (!whole || state.words.length !== 4)
      throw wrong('Random.fromState', 'a key and four 32-bit words', JSON.stringify(state));
    if (state.words.every((word) => word === 0))
      throw wrong('Random.fromState: words', 'one that is not 0', '0, 0, 0, 0');
    const random = new Random(0);
    random.#key = state.key;
    [random.#a, random.#b, random.#c, random.#d] = state.words;
    return random;
  }

  get state(): RandomState {
    return { key: this.#key, words: [this.#a, this.#b, this.#c, this.#d] };
  }

  /** A stream of its own for `label`: it depends on this stream's seed and the label, not on what was drawn. */
  split(label: string): Random {
    return new Random(`${this.#key}/${label}`);
  }

  /** A whole number in [0, 2³²). */
  nextUint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b = (this.#b ^ this.#c) >>> 0;
    this.#a = (this.#a ^ this.#d) >>> 0;
    this.#c = (this.#c ^ t) >>> 0;
    this.#d = rotateLeft(this.#d, 11) >>> 0;
    return result;
  }

  /** A multiple of 2⁻⁵³ in [0, 1). */
  uniform(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  }

  /** A standard normal number (Box and Muller 1958, its cosine half, so that no spare is kept). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number in [0, n), each equally likely (rejection, no bias). n from 1 to 2³². */
  integer(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 32))
      throw wrong('Random.integer: n', 'a whole number from 1 to 2^32', n);
    const fair = 2 ** 32 - (2 ** 32 % n);
    let drawn = this.nextUint32();
    while (drawn >= fair) drawn = this.nextUint32();
    return drawn % n;
  }

  /** Puts the elements into a random order, in place (Fisher and Yates), and returns them. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(elements: T): T {
    for (let i = elements.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = elements[i];
      elements[i] = elements[j];
      elements[j] = held;
    }
    return elements;
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Murmur3's finaliser over a counter: the seeding that xoshiro's authors advise. */
function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state);
  };
}

function mix(word: number): number {
  let z = word;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** FNV-1a over the UTF-16 units, mixed. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}
