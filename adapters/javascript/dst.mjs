// Dynamic Subset Tuning (arXiv 2411.08610) in JavaScript: a literal translation, one function an equation.
//
// A vector is a Float32Array: JavaScript computes in float64, and what is stored is rounded to float32.
// θ⁰ is the seed, θ the parameters, u the optimizer's update, θ̂ the candidate, δ the distances and τ the threshold of a
// silo. Where the paper is silent, the ruling that is followed is named (amb-4, …).

// ---- Section 3.2: silos

/** Parts the parameters (each a name, a module and a layer) into silos, lists of names. */
export function silos(strategy, parameters) {
  const groups = new Map();
  for (const { name, module, layer } of parameters) {
    let key = 'all'; // none
    if (strategy === 'per-module') key = module;
    if (strategy === 'per-module-and-layer') key = `${module} in layer ${layer}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

// ---- Equations 3 to 9

/** Eq. 3: θ̂ = θ + u. */
export function candidate(theta, u) {
  return theta.map((thetaI, i) => thetaI + u[i]);
}

/** Eq. 5 and Table 1: δᵢ = d(θ̂ᵢ, θ⁰ᵢ). */
export function distances(kind, thetaHat, theta0) {
  return thetaHat.map((thetaHatI, i) => distance(kind, thetaHatI, theta0[i]));
}

function distance(kind, thetaHatI, theta0I) {
  const difference = Math.abs(thetaHatI - theta0I);
  if (kind === 'absolute') return difference; // |θ̂ᵢ − θ⁰ᵢ|
  if (kind === 'inverse-relative') return difference * Math.abs(theta0I); // |θ̂ᵢ − θ⁰ᵢ| · |θ⁰ᵢ|
  if (difference === 0) return 0; // 0/0 (amb-4)
  return difference / Math.abs(theta0I); // |θ̂ᵢ − θ⁰ᵢ| / |θ⁰ᵢ|; x/0 is ∞
}

/** Eq. 6: τ = quantile(δ, 1 − ε). */
function quantileThreshold(delta, epsilon) {
  return quantile(delta, 1 - epsilon);
}

/** The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m − 1). */
function quantile(values, q) {
  const ordered = values.toSorted();
  const position = q * (ordered.length - 1);
  const j = Math.floor(position);
  const weight = position - j;
  if (weight === 0 || ordered[j] === ordered[j + 1]) return ordered[j]; // also where both are ∞: ∞ − ∞ would be NaN
  return ordered[j] + weight * (ordered[j + 1] - ordered[j]);
}

/** Eq. 7: θᵢ = θ̂ᵢ if δᵢ > τ, else θ⁰ᵢ. It solves Eq. 4 under the constraint of Eq. 2. */
function keepOrReset(thetaHat, theta0, delta, tau) {
  return theta0.map((theta0I, i) => (delta[i] > tau ? thetaHat[i] : theta0I));
}

/** Eq. 8: f(τ) = |{ i : δᵢ > τ }| / |S|. */
function fraction(delta, tau) {
  return delta.filter((deltaI) => deltaI > tau).length / delta.length;
}

/** Algorithm 2: bisects [τ_prev / c, τ_prev · c] for f(τ) = ε. */
function iterativeThreshold(delta, epsilon, tauPrevious, c, iterations) {
  if (tauPrevious === 0 || tauPrevious === Infinity) {
    tauPrevious = quantileThreshold(delta, epsilon); // the bracket would be empty for good (amb-7)
  }
  let lo = tauPrevious / c;
  let hi = tauPrevious * c;
  for (let t = 0; t < iterations; t++) {
    const mid = (lo + hi) / 2;
    if (fraction(delta, mid) > epsilon) lo = mid;
    else hi = mid;
  }
  return (lo + hi) / 2;
}

/** Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21). */
export function overlap(theta0, a, b) {
  const inA = Array.from(theta0, (theta0I, i) => !Object.is(a[i], theta0I)); // in bits: −0 differs from 0 (amb-17)
  const inB = Array.from(theta0, (theta0I, i) => !Object.is(b[i], theta0I));
  const count = (flags) => flags.filter(Boolean).length;
  if (count(inA) + count(inB) === 0) return 1;
  return (2 * count(inA.map((isIn, i) => isIn && inB[i]))) / (count(inA) + count(inB));
}

// ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1

export function threshold(delta, tauPrevious, { method, epsilon, factor, iterations }) {
  if (method === 'quantile') return quantileThreshold(delta, epsilon);
  return iterativeThreshold(delta, epsilon, tauPrevious, factor, iterations);
}

/** Each silo by itself, a consecutive stretch of the vectors. Returns θ and every silo's τ. */
export function project(thetaHat, theta0, siloLengths, kind, tausPrevious, thresholdOptions) {
  const theta = new Float32Array(theta0.length);
  const taus = [];
  let start = 0;
  siloLengths.forEach((length, s) => {
    const silo = [start, start + length];
    const delta = distances(kind, thetaHat.slice(...silo), theta0.slice(...silo));
    const tau = threshold(delta, tausPrevious[s], thresholdOptions);
    theta.set(keepOrReset(thetaHat.slice(...silo), theta0.slice(...silo), delta, tau), start);
    taus.push(tau);
    start += length;
  });
  return { theta, taus };
}

/** Algorithm 1 with the gradients given, and one optimizer a tensor. Returns θ after every step. */
export function train(theta0, gradients, optimizers, siloLengths, kind, taus, thresholdOptions) {
  let theta = theta0;
  return gradients.map((gradient) => {
    const u = fullUpdate(optimizers, gradient, theta); // of the whole gradient: no state is masked
    const thetaHat = candidate(theta, u);
    ({ theta, taus } = project(thetaHat, theta0, siloLengths, kind, taus, thresholdOptions));
    return theta;
  });
}

function fullUpdate(optimizers, gradient, theta) {
  const u = new Float32Array(theta.length);
  let start = 0;
  for (const optimizer of optimizers) {
    const tensor = [start, start + optimizer.size]; // tensor by tensor, in the order of the vector
    u.set(optimizer.update(gradient.slice(...tensor), theta.slice(...tensor)), start);
    start += optimizer.size;
  }
  return u;
}

// ---- Appendix F: optimizers

export class Sgd {
  constructor(shape, { learningRate }) {
    this.size = product(shape);
    this.learningRate = learningRate;
  }

  update(g) {
    return g.map((gI) => -this.learningRate * gI); // u = −lr · g
  }
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
