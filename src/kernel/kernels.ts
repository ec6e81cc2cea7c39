/**
 * The closed list of hot loops. Each is written twice with one signature: `scalar.ts` is the definition, a plain
 * loop that a debugger steps into, and the loop of `src/paper.ts` if it states an equation; `simd.ts` is its equal over the
 * wasm module. One suite runs on both.
 *
 * Conventions: the first parameter is what is written; vectors are flat, row-major and float32; a kernel whose name
 * ends in `Backward` *adds* to its first parameters, the gradients. Elementwise, distance, count and selection
 * kernels agree bit for bit between the two; sums agree within a bound that the suite derives from the number of
 * terms. The scalar kernels take any views; the simd kernels take views of their own {@link Memory}.
 *
 * @module
 */
import type { Memory } from './memory.ts';

/** The two implementations of the kernels. */
export const KERNEL_NAMES = ['scalar', 'simd'] as const;
export type KernelName = (typeof KERNEL_NAMES)[number];

/** One level of repetition of a matrix product: `count` products, each operand moved on by its stride in elements. */
export interface Batch {
  readonly count: number;
  readonly strideOut: number;
  readonly strideA: number;
  readonly strideB: number;
}

/** out[m, n] (+)= alpha · op(A)[m, k] · op(B)[k, n], over row-major matrices with row strides. */
export interface MatmulShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** A is stored [k, m]. */
  readonly transposeA?: boolean;
  /** B is stored [n, k]. */
  readonly transposeB?: boolean;
  /** Row strides in elements; tight by default. */
  readonly rowOut?: number;
  readonly rowA?: number;
  readonly rowB?: number;
  readonly alpha?: number;
  /** Add to what `out` holds. */
  readonly accumulate?: boolean;
  /** Up to two levels, the outer first. */
  readonly batches?: readonly Batch[];
}

/** The sizes of an attention: `batch` of them follow from the lengths of the operands. */
export interface AttentionShape {
  readonly heads: number;
  readonly headSize: number;
  readonly queries: number;
  /** The keys that count. */
  readonly keys: number;
  /** The rows of key and value for each batch element, of which the first `keys` count. */
  readonly capacity: number;
  /** What the scores are multiplied by. */
  readonly factor: number;
}

/** What a gated feed-forward layer may apply to its gate. `gelu` is the tanh form of `gelu-exact`. */
export const ACTIVATIONS = ['gelu', 'silu', 'relu', 'gelu-exact'] as const;

export type Activation = (typeof ACTIVATIONS)[number];
/** The names of Table 1. */
export const DISTANCES = ['absolute', 'relative', 'inverse-relative'] as const;
export type DistanceName = (typeof DISTANCES)[number];

/** A value by its rank, and how many values exceed it. */
export interface OrderStatistic {
  readonly value: number;
  readonly above: number;
}

export interface Kernels {
  readonly name: KernelName;
  readonly memory: Memory;
  /** How many threads work on one kernel, the caller included. No bit of a result depends on it. */
  readonly threads: number;
  /** A vector of zeros that these kernels take: simd's are views of their memory, scalar's may be any. */
  allocate(length: number): Float32Array;
  /** Whether they take a vector: simd kernels read a view of their own memory alone. */
  accepts(vector: Float32Array): boolean;

  // ---- matrix product
  matmul(out: Float32Array, a: Float32Array, b: Float32Array, shape: MatmulShape): void;

  // ---- elementwise
  /** out = 0: a shared buffer's own `fill` goes element by element, and takes two to four times as long. */
  zero(out: Float32Array): void;
  add(out: Float32Array, a: Float32Array, b: Float32Array): void;
  multiply(out: Float32Array, a: Float32Array, b: Float32Array): void;
  scale(out: Float32Array, a: Float32Array, factor: number): void;
  /** out += factor · a */
  addScaled(out: Float32Array, a: Float32Array, factor: number): void;
  /** out += a ⊙ b */
  addProduct(out: Float32Array, a: Float32Array, b: Float32Array): void;

  // ---- reductions
  sum(x: Float32Array): number;
  sumOfSquares(x: Float32Array): number;
  dot(a: Float32Array, b: Float32Array): number;

  // ---- layers; x is [rows, columns]
  /** out = x · inverseRms · weight, inverseRms[row] = 1 / sqrt(mean(x²) + epsilon) */
  rmsNorm(
    out: Float32Array,
    inverseRms: Float32Array,
    x: Float32Array,
    weight: Float32Array,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  rmsNormBackward(
    dX: Float32Array,
    dWeight: Float32Array,
    dOut: Float32Array,
    x: Float32Array,
    weight: Float32Array,
    inverseRms: Float32Array,
    rows: number,
    columns: number,
  ): void;
  /** out = activation(gate) ⊙ up; `gelu` is the tanh form, as in T5 1.1, and `gelu-exact` is x Φ(x). */
  gated(out: Float32Array, gate: Float32Array, up: Float32Array, activation: Activation): void;
  /** Adds to dGate and dUp, or writes them if not `accumulate`. */
  gatedBackward(
    dGate: Float32Array,
    dUp: Float32Array,
    dOut: Float32Array,
    gate: Float32Array,
    up: Float32Array,
    activation: Activation,
    accumulate: boolean,
  ): void;
  /**
   * Rotary positions: rotates each pair (x[i], x[i + headSize/2]) of each head of each row by the row's angle.
   * cosine and sine are tables [positions, headSize/2]; direction −1 rotates back, which is the derivative.
   * Adds to out if `accumulate` is set.
   */
  rotate(
    out: Float32Array,
    x: Float32Array,
    cosine: Float32Array,
    sine: Float32Array,
    positions: Int32Array,
    heads: number,
    headSize: number,
    direction: 1 | -1,
    accumulate: boolean,
  ): void;
  /**
   * Softmax over the visible keys of each row, zero elsewhere. x is [batch, heads, queries, keys]; query q of batch
   * element b sees the keys from[b·queries + q] ≤ key < to[b·queries + q]. A row that sees nothing is all zero.
   */
  softmax(
    out: Float32Array,
    x: Float32Array,
    from: Int32Array,
    to: Int32Array,
    heads: number,
    queries: number,
    keys: number,
  ): void;
  /** dX = out ⊙ (dOut − ⟨dOut, out⟩) row by row: *overwrites* dX, which may be dOut itself. */
  softmaxBackward(dX: Float32Array, dOut: Float32Array, out: Float32Array, rows: number, columns: number): void;
  /**
   * Attention with several heads, each on its columns: out[b, q, h] = Σₖ weights[b, h, q, k] · value[b, k, h], where
   * weights is softmax(factor · ⟨query[b, q, h], key[b, k, h]⟩ + bias[h, q, k]) over the visible keys as in
   * {@link Kernels.softmax}. query and out are [batch, queries, heads · headSize], key and value
   * [batch, capacity, heads · headSize], weights is [batch, heads, queries, keys], bias [heads, queries, keys] (0 if
   * absent).
   */
  attention(
    out: Float32Array,
    weights: Float32Array,
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    from: Int32Array,
    to: Int32Array,
    shape: AttentionShape,
    bias?: Float32Array,
  ): void;
  /**
   * Adds to the gradients of query, key and value (of the first `keys` rows), or writes them if not `accumulate`;
   * *overwrites* weights with the gradient of what the softmax was taken of, factor · ⟨query, key⟩ and the bias.
   */
  attentionBackward(
    dQuery: Float32Array,
    dKey: Float32Array,
    dValue: Float32Array,
    dOut: Float32Array,
    weights: Float32Array,
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    from: Int32Array,
    to: Int32Array,
    shape: AttentionShape,
    accumulate: boolean,
  ): void;
  /** out[row] = table[indices[row]] */
  gather(out: Float32Array, table: Float32Array, indices: Int32Array, columns: number): void;
  gatherBackward(dTable: Float32Array, dOut: Float32Array, indices: Int32Array, columns: number): void;
  /** losses[row] = logSumExp(logits[row]) − logits[row, target]; 0 if the target is negative (masked). */
  crossEntropy(losses: Float32Array, logits: Float32Array, targets: Int32Array, columns: number): void;
  /** The same, and *writes* dLogits[row] = factor · (softmax(logits[row]) − onehot(target)), 0 in masked rows. */
  crossEntropyWithGradient(
    losses: Float32Array,
    dLogits: Float32Array,
    logits: Float32Array,
    targets: Int32Array,
    columns: number,
    factor: number,
  ): void;

  // ---- optimizer (AdaFactor's loops; its stages are in src/optim)
  /** v = decay · v + (1 − decay) · (g² + epsilon) */
  decaySquares(v: Float32Array, gradient: Float32Array, decay: number, epsilon: number): void;
  /** As decaySquares, on the means over columns (v_row, one per row) and over rows (v_col, one per column). */
  decayFactoredSquares(
    vRow: Float32Array,
    vCol: Float32Array,
    gradient: Float32Array,
    rows: number,
    columns: number,
    decay: number,
    epsilon: number,
  ): void;
  /** out = g / √v: exactly ±1 if v = g² (decision 0030) */
  divideByRoot(out: Float32Array, gradient: Float32Array, v: Float32Array): void;
  /** out[i, j] = g[i, j] · rowFactor[i] · colFactor[j] */
  scaleRowsAndColumns(
    out: Float32Array,
    gradient: Float32Array,
    rowFactor: Float32Array,
    colFactor: Float32Array,
    rows: number,
    columns: number,
  ): void;
  /** m = decay · m + (1 − decay) · x */
  decayMean(m: Float32Array, x: Float32Array, decay: number): void;

  // ---- DST
  /** out = theta + update (Eq. 3); whether all of it is finite. */
  candidate(out: Float32Array, theta: Float32Array, update: Float32Array): boolean;
  /**
   * delta_i = d(candidate_i, seed_i) in float32 arithmetic (Eq. 5, Table 1); relative: 0/0 → 0, x/0 → +∞.
   * Returns |{ i : delta_i > 0 }|, counted in passing.
   */
  distance(delta: Float32Array, candidate: Float32Array, seed: Float32Array, kind: DistanceName): number;
  /** |{ i : delta_i > tau }|, tau compared as a float32 (Eq. 8's numerator). */
  countAbove(delta: Float32Array, tau: number): number;
  /**
   * The order statistic: the value of rank `rank` (0 = smallest) of non-negative distances, exact, in linear time.
   * `near` is a guess at it: a good one saves time, and none changes the result. Below 0: find it without guessing.
   */
  orderStatistic(delta: Float32Array, rank: number, near?: number): OrderStatistic;
  /** theta_i = candidate_i if delta_i > tau, else seed_i (Eq. 7). */
  project(theta: Float32Array, candidate: Float32Array, seed: Float32Array, delta: Float32Array, tau: number): void;
  /** |{ i : bits(a_i) ≠ bits(b_i) }| */
  countDifferent(a: Float32Array, b: Float32Array): number;
  /** The first index whose value is NaN or infinite, or −1. */
  firstNotFinite(x: Float32Array): number;
}
