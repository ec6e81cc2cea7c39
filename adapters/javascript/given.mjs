// What the paper on one page (dst.mjs) takes as given: silos (Section 3.2) and optimizers (Appendix F).
// A vector is a Float32Array: JavaScript computes in float64, and what is stored is rounded to float32.
import { candidate } from './dst.mjs';

// ---- Section 3.2: silos

/** What parameters of one silo have in common. */
export const SILOS = {
  none: () => 'all',
  'per-module': ({ module }) => module,
  'per-module-and-layer': ({ module, layer }) => `${module} in layer ${layer}`,
};

/** The silos of parameters (each with a name, a module and a layer): lists of names. */
export function partition(keyOf, parameters) {
  const keys = [...new Set(parameters.map(keyOf))];
  return keys.map((key) => parameters.filter((parameter) => keyOf(parameter) === key).map(({ name }) => name));
}

/** The vector from and to each of these lengths, one after the other. */
export function consecutive(lengths) {
  let to = 0;
  return lengths.map((length) => [to, (to += length)]);
}

// ---- Appendix F: optimizers. Each sees the whole gradient of one tensor, and no state is masked.

/** One optimizer for all parameters, out of one for each tensor: writes u. */
export function join(optimizers) {
  const tensors = consecutive(optimizers.map(({ size }) => size));
  return (u, g, theta) => {
    optimizers.forEach((optimizer, i) => {
      const [from, to] = tensors[i];
      u.set(optimizer.update(g.slice(from, to), theta.slice(from, to)), from);
    });
  };
}

export class Sgd {
  constructor(shape, { learningRate }) {
    this.size = product(shape);
    this.learningRate = learningRate;
  }

  update(g) {
    return g.map((gI) => -this.learningRate * gI); // u = −lr · g
  }
}

/** Moves θ of one tensor by an update, and returns that. */
export function move(theta, optimizer, g) {
  const u = optimizer.update(g, theta);
  candidate(theta, theta, u); // Eq. 3
  return u;
}

/** t5x's defaults. */
const DEFAULTS = {
  decayRate: 0.8,
  epsilon1: 1e-30,
  epsilon2: 1e-3,
  clippingThreshold: 1,
  minDimSizeToFactor: 128,
  multiplyByParameterScale: true,
  momentum: null,
  weightDecay: null,
};

/** Shazeer and Stern 2018, with the semantics of t5x (amb-12); one tensor. */
export class AdaFactor {
  constructor(shape, options) {
    this.options = { ...DEFAULTS, ...options };
    this.size = product(shape);
    [this.rows, this.columns] = shape.slice(-2);
    this.t = 0;
    const secondLargest = shape.toSorted((a, b) => b - a)[1] ?? 0;
    this.isFactored = secondLargest >= this.options.minDimSizeToFactor;
    this.v = new Float32Array(this.size);
    this.m = new Float32Array(this.size);
    if (this.isFactored) {
      this.vRow = new Float32Array(this.size / this.columns);
      this.vColumn = new Float32Array(this.size / this.rows);
    }
  }

  update(g, theta) {
    const { decayRate, epsilon1, epsilon2, clippingThreshold, learningRate, momentum, weightDecay } = this.options;
    this.t += 1;
    const beta2 = 1 - this.t ** -decayRate; // β₂ = 1 − t^−0.8: 0 at the first step
    const squares = g.map((gI) => gI * gI + epsilon1);
    let y = this.isFactored ? this.preconditionFactored(g, squares, beta2) : this.precondition(g, squares, beta2);
    if (clippingThreshold !== null) {
      const excess = Math.max(1, rms(y) / clippingThreshold);
      y = y.map((yI) => yI / excess); // y / max(1, RMS(y) / d)
    }
    const scale = this.options.multiplyByParameterScale ? Math.max(epsilon2, rms(theta)) : 1;
    y = y.map((yI) => learningRate * scale * yI); // lr · max(ε₂, RMS(θ))
    if (momentum !== null) y = this.m = average(this.m, y, momentum); // m = β₁ m + (1 − β₁) y
    if (weightDecay !== null) y = y.map((yI, i) => yI + weightDecay * theta[i]); // not times lr
    return y.map((yI) => -yI);
  }

  precondition(g, squares, beta2) {
    this.v = average(this.v, squares, beta2); // v = β₂ v + (1 − β₂)(g² + ε₁)
    return g.map((gI, i) => gI / Math.sqrt(this.v[i])); // y = g / √v
  }

  /** v ≈ v_row v_columnᵀ / mean(v_row), for each of the matrices that the last two dimensions span. */
  preconditionFactored(g, squares, beta2) {
    const { rows, columns } = this;
    const row = (k, i) => Float32Array.from({ length: columns }, (_, j) => squares[(k * rows + i) * columns + j]);
    const column = (k, j) => Float32Array.from({ length: rows }, (_, i) => squares[(k * rows + i) * columns + j]);
    const rowMeans = this.vRow.map((_, i) => mean(row(Math.floor(i / rows), i % rows)));
    const columnMeans = this.vColumn.map((_, j) => mean(column(Math.floor(j / columns), j % columns)));
    this.vRow = average(this.vRow, rowMeans, beta2);
    this.vColumn = average(this.vColumn, columnMeans, beta2);
    return g.map((gI, index) => {
      const i = Math.floor(index / columns); // of all rows
      const k = Math.floor(i / rows); // of the matrices
      const meanOfRows = mean(this.vRow.slice(k * rows, (k + 1) * rows));
      const vColumn = this.vColumn[k * columns + (index % columns)];
      return gI / Math.sqrt(this.vRow[i] / meanOfRows) / Math.sqrt(vColumn);
    });
  }
}

function average(before, now, beta) {
  return before.map((beforeI, i) => beta * beforeI + (1 - beta) * now[i]);
}

function mean(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function rms(values) {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

function product(shape) {
  return shape.reduce((size, dimension) => size * dimension, 1);
}
