// Made from src/paper.ts by `npm run generate`: its types are taken away, nothing else. Do not edit it.
/**
 * Dynamic Subset Tuning (Stahlberg, Lichtarge and Kumar, arXiv 2411.08610): the paper on one page, in its order.
 *
 * θ⁰ is the seed, θ the parameters, g the gradient, u the optimizer's update, θ̂ the candidate, ε the budget, S a silo with
 * distances δ and threshold τ. Each operation is rounded, to float32 or float64, by storing its result in the vector that
 * is passed in first. If the paper is silent, amb-N names the ruling (docs/rulings.md). Appendix B: src/dst/normalisation.ts.
 *
 * @module
 */

/** θ, θ⁰, θ̂, u, g or δ, a number for each parameter; of τ, a number for each silo. */

/** S: the parameters from the first number up to, and without, the second. Each parameter lies in one silo. */

const of = (silo, vector) => vector.subarray(...silo);

/** ε as a quotient of whole numbers: ε is the decimal that it is written as, so that 0.07 is 7 / 100 (amb-18). */

export function ratio(epsilon) {
  const [digits, exponent = '0'] = String(epsilon).split('e');
  const [whole, decimals = ''] = digits.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length - Number(exponent))];
}

/** Eq. 1: is θ ∈ H_ε = { θ : Σᵢ 1[θᵢ ≠ θ⁰ᵢ] = ε n }? */
export function isFeasible(theta, theta0, epsilon) {
  return isShare(countChanged(theta, theta0), ratio(epsilon), theta.length);
}

/** Eq. 1: Σᵢ 1[θᵢ ≠ θ⁰ᵢ]. Numbers differ if their bits do, so that −0 is not 0 (amb-17). */
export function countChanged(theta, theta0) {
  let count = 0;
  for (let i = 0; i < theta.length; i++) if (!Object.is(theta[i], theta0[i])) count += 1;
  return count;
}

/** Eq. 1: is the count ε n, exactly? */
export function isShare(count, [numerator, denominator], n) {
  return BigInt(count) * denominator === numerator * BigInt(n);
}

/** Eq. 2: is θ ∈ H_ε,𝒮 = { θ : Σ_{i ∈ S} 1[θᵢ ≠ θ⁰ᵢ] = ε |S| for every silo S }? */
export function isFeasibleInEverySilo(theta, theta0, silos, epsilon) {
  return silos.every((silo) => isFeasible(of(silo, theta), of(silo, theta0), epsilon));
}

/** Eq. 3: the candidate, with all parameters updated. */
export function candidate(thetaHat, theta, u) {
  for (let i = 0; i < thetaHat.length; i++) thetaHat[i] = theta[i] + u[i]; // θ̂ᵢ = θᵢ + uᵢ
}

/**
 * Eq. 4: θ = argmin over θ ∈ H_ε of D(θ̂, θ). D is a sum, so it is least if each silo keeps its largest distances: Eq. 7.
 * To compare, this tries every subset of one silo: at most 12 parameters, of which ε |S| is a whole number.
 */
export function nearest(theta, thetaHat, theta0, epsilon, distance) {
  const [tried, delta] = [theta.slice(), theta.slice()];
  let least = Infinity;
  for (let subset = 0; subset < 2 ** theta.length; subset++) {
    for (let i = 0; i < theta.length; i++) tried[i] = (subset >> i) % 2 === 1 ? thetaHat[i] : theta0[i];
    distance(delta, thetaHat, tried, theta0);
    if (!isFeasible(tried, theta0, epsilon) || total(delta) > least) continue;
    least = total(delta);
    theta.set(tried);
  }
}

/** Eq. 5: D(θ̂, θ) = Σᵢ d(θ̂ᵢ, θᵢ). */
export function total(delta) {
  return Array.from(delta).reduce((sum, deltaI) => sum + deltaI, 0);
}

/** Table 1: δᵢ = d(θ̂ᵢ, θᵢ). A distance too small for the number format is 0, one too large is ∞ (amb-5). */

/** Table 1: the absolute distance. */
export function absolute(delta, thetaHat, theta) {
  for (let i = 0; i < delta.length; i++) delta[i] = Math.abs(thetaHat[i] - theta[i]); // δᵢ = |θ̂ᵢ − θᵢ|
}

/** Table 1: the relative distance. From a seed of 0 it is ∞, or 0 if nothing has moved (amb-4). */
export function relative(delta, thetaHat, theta, theta0) {
  absolute(delta, thetaHat, theta);
  for (let i = 0; i < delta.length; i++) if (delta[i] > 0) delta[i] /= Math.abs(theta0[i]); // δᵢ = |θ̂ᵢ − θᵢ| / |θ⁰ᵢ|
}

/** Eq. 5 and Table 1: the inverse-relative distance. From a seed of 0 it is 0: that parameter never moves (amb-4). */
export function inverseRelative(delta, thetaHat, theta, theta0) {
  absolute(delta, thetaHat, theta);
  for (let i = 0; i < delta.length; i++) delta[i] *= Math.abs(theta0[i]); // δᵢ = |θ̂ᵢ − θᵢ| · |θ⁰ᵢ|
}

/** What writes the threshold of silo s, in the place of its threshold of the step before: Eq. 6 or Algorithm 2. */

/** Eq. 6: τ_S = quantile(δ_S, 1 − ε). It leaves ⌈ε (|S| − 1)⌉ of distinct distances above it (amb-1). */
export function quantile(tau, s, delta, epsilon) {
  const [j, weight] = place(delta.length, ratio(epsilon));
  const sorted = delta.slice().sort();
  interpolate(tau, s, sorted[j], sorted[j + 1], weight);
}

/** Eq. 6: the place of the quantile among m sorted distances, (1 − ε) (m − 1) = j + weight, exact to 53 bits. */
export function place(m, [numerator, denominator]) {
  const position = (denominator - numerator) * BigInt(m - 1);
  return [Number(position / denominator), Number(((position % denominator) << 53n) / denominator) / 2 ** 53];
}

/** Eq. 6: linear interpolation. Rounded up to the upper distance, τ is the number below it: Eq. 7 keeps it (amb-20). */
export function interpolate(tau, s, lower, upper, weight) {
  tau[s] = weight === 0 || lower === upper ? lower : lower + (upper - lower) * weight;
  if (lower === upper || !(tau[s] >= upper)) return;
  const words = new Uint32Array(tau.buffer, tau.byteOffset + s * tau.BYTES_PER_ELEMENT, tau.BYTES_PER_ELEMENT / 4);
  for (let word = 0; words[word]-- === 0;) word += 1; // the pattern of bits of the number below is 1 less
}

/** Eq. 7: what exceeds τ is kept, what equals it is not (amb-3). The rest returns to the seed, not to its last value. */
export function project(theta, thetaHat, theta0, delta, tau) {
  for (let i = 0; i < theta.length; i++) theta[i] = delta[i] > tau ? thetaHat[i] : theta0[i]; // θ̂ᵢ if δᵢ > τ, else θ⁰ᵢ
}

/** Eq. 8: f(τ) = |{ i ∈ S : δᵢ > τ }| / |S|. */
export function fraction(delta, tau) {
  return countAbove(delta, tau) / delta.length;
}

/** Eq. 8: |{ i ∈ S : δᵢ > τ }|. */
export function countAbove(delta, tau) {
  let count = 0;
  for (let i = 0; i < delta.length; i++) if (delta[i] > tau) count += 1;
  return count;
}

/** Eq. 9: the overlap of A and B, the parameters that two checkpoints θᴬ and θᴮ have changed. */
export function overlap(theta0, thetaA, thetaB) {
  let inBoth = 0;
  for (let i = 0; i < theta0.length; i++) {
    if (!Object.is(thetaA[i], theta0[i]) && !Object.is(thetaB[i], theta0[i])) inBoth += 1;
  }
  return share(countChanged(thetaA, theta0), countChanged(thetaB, theta0), inBoth);
}

/** Eq. 9: 2 |A ∩ B| / (|A| + |B|), and 1 if both are empty (amb-21). */
export function share(inA, inB, inBoth) {
  return inA + inB === 0 ? 1 : (2 * inBoth) / (inA + inB);
}

/** Algorithm 2: τ_S by bisection around the last τ_S. Around 0 and ∞ is nothing: it begins at a distance then (amb-7). */
export function iterative(tau, s, delta, epsilon, c = 2, T = 10) {
  if (tau[s] === 0 || tau[s] === Infinity) tau[s] = delta.slice().sort()[place(delta.length, ratio(epsilon))[0]];
  bisect(tau, s, tau[s] / c, tau[s] * c, (mid) => fraction(delta, mid) > epsilon, T);
}

/** Algorithm 2: halves the bracket T times; c = 2 and T = 10, lo and hi are float64, τ is rounded (amb-19). */
export function bisect(tau, s, lo, hi, isLow, T = 10) {
  for (let t = 1; t <= T; t++) {
    tau[s] = (lo + hi) / 2;
    if (isLow(tau[s])) lo = tau[s];
    else hi = tau[s];
  }
  tau[s] = (lo + hi) / 2;
}

/** What Algorithm 1 is given. The optimizer writes u: it sees all of g, and its state knows of no projection. */

/** Algorithm 1: for each gradient a step. Writes θ⁽¹⁾, θ⁽²⁾, …; before the first one θ is θ⁰, and τ is 1 (amb-19). */
export function tune(thetas, tau, gradients, tuning) {
  for (const [t, g] of gradients.entries()) {
    thetas[t].set(t === 0 ? tuning.theta0 : thetas[t - 1]);
    step(thetas[t], tau, g, tuning);
  }
}

/** Algorithm 1: one step, from θ⁽ᵗ⁻¹⁾ and the gradient there to θ⁽ᵗ⁾. */
export function step(theta, tau, g, tuning) {
  const [u, thetaHat] = [theta.slice(), theta.slice()];
  tuning.optimizer(u, g, theta);
  candidate(thetaHat, theta, u); // Eq. 3
  projectSilos(theta, tau, thetaHat, tuning);
}

/** Algorithm 1: the projection of a candidate, silo by silo. It is the solution of Eq. 4. */
export function projectSilos(theta, tau, thetaHat, tuning) {
  const { theta0, silos, epsilon, distance, threshold } = tuning;
  for (const [s, silo] of silos.entries()) {
    const delta = of(silo, theta0).slice();
    distance(delta, of(silo, thetaHat), of(silo, theta0), of(silo, theta0)); // Eq. 5: δᵢ = d(θ̂ᵢ, θ⁰ᵢ)
    if (epsilon === 1)
      tau[s] = -Infinity; // everything is kept (amb-8)
    else threshold(tau, s, delta, epsilon); // Eq. 6 or Algorithm 2
    project(of(silo, theta), of(silo, thetaHat), of(silo, theta0), delta, tau[s]); // Eq. 7
  }
}
