/**
 * Wrong versions of the plain Python adapter, each one textual substitution in adapters/python/dst.py away from the right
 * one, and the check that has to fail for it.
 *
 * @module
 */

export interface PythonMutant {
  readonly name: string;
  /** What stands in the source, exactly once. */
  readonly from: string;
  readonly to: string;
  /** The law that catches it; its id begins with the equation. */
  readonly caughtBy: string;
  /** One of the few that every test run tries. */
  readonly isUsual?: true;
}

export const PYTHON_MUTANTS: readonly PythonMutant[] = [
  // ---- Eq. 1, 2: silos and budgets
  {
    name: 'one budget for all silos',
    from: 'zip(silo_lengths, taus_previous):',
    to: 'zip([len(theta0)], taus_previous):',
    caughtBy: 'eq2/each-silo-has-its-own-budget',
    isUsual: true,
  },
  // ---- Eq. 3: the candidate
  {
    name: 'the update is subtracted',
    from: 'theta_i + u_i for',
    to: 'theta_i - u_i for',
    caughtBy: 'eq3/candidate-is-parameters-plus-update',
  },
  {
    name: 'the candidate starts from the seed',
    from: 'theta_hat = candidate(theta, u)',
    to: 'theta_hat = candidate(theta0, u)',
    caughtBy: 'eq3/updates-add-up-on-what-is-kept',
  },
  // ---- Eq. 4, 7: the projection
  {
    name: 'the smallest distances are kept',
    from: 'theta_hat_i if delta_i > tau',
    to: 'theta_hat_i if delta_i < tau',
    caughtBy: 'eq4/no-other-subset-lies-nearer',
  },
  {
    name: '> becomes >=',
    from: 'theta_hat_i if delta_i > tau',
    to: 'theta_hat_i if delta_i >= tau',
    caughtBy: 'eq7/kept-are-those-above-the-threshold',
    isUsual: true,
  },
  {
    name: 'what is not kept becomes 0',
    from: 'else theta0_i\n        for theta_hat_i, theta0_i, delta_i',
    to: 'else 0.0\n        for theta_hat_i, theta0_i, delta_i',
    caughtBy: 'eq7/what-is-not-kept-returns-to-the-seed',
  },
  {
    name: 'half of the difference is kept',
    from: 'theta_hat_i if delta_i > tau',
    to: '(theta_hat_i + theta0_i) / 2 if delta_i > tau',
    caughtBy: 'eq7/kept-values-are-the-candidates',
  },
  // ---- Eq. 5, Table 1: the distances
  {
    name: 'inverse-relative: |θ⁰| is forgotten',
    from: 'return difference * abs(theta0_i)',
    to: 'return difference',
    caughtBy: 'eq5/inverse-relative-is-difference-times-seed',
    isUsual: true,
  },
  {
    name: 'inverse-relative: θ⁰ keeps its sign',
    from: 'return difference * abs(theta0_i)',
    to: 'return difference * theta0_i',
    caughtBy: 'eq5/inverse-relative-is-difference-times-seed',
  },
  {
    name: 'the difference keeps its sign',
    from: 'difference = abs(theta_hat_i - theta0_i)',
    to: 'difference = theta_hat_i - theta0_i',
    caughtBy: 'tab1/absolute-is-the-difference',
  },
  {
    name: 'relative to the candidate',
    from: 'return difference / abs(theta0_i)',
    to: 'return difference / max(abs(theta_hat_i), 1e-9)',
    caughtBy: 'tab1/relative-is-difference-over-seed',
  },
  {
    name: 'relative: x/0 is 0',
    from: 'return 0.0 if difference == 0 else math.inf',
    to: 'return 0.0',
    caughtBy: 'tab1/relative-to-a-zero-seed-is-infinite',
  },
  // ---- Eq. 6: the quantile
  {
    name: 'the ε-quantile',
    from: 'quantile(delta, 1 - epsilon)',
    to: 'quantile(delta, epsilon)',
    caughtBy: 'eq6/threshold-is-the-quantile',
  },
  {
    name: 'the position of the quantile from m, not m − 1',
    from: 'position = q * (len(ordered) - 1)',
    to: 'position = min(q * len(ordered), len(ordered) - 1)',
    caughtBy: 'eq6/threshold-is-the-quantile',
    isUsual: true,
  },
  {
    name: 'the distances are not sorted',
    from: 'ordered = sorted(values)',
    to: 'ordered = list(values)',
    caughtBy: 'eq6/order-does-not-matter',
  },
  {
    name: 'the order statistic above',
    from: 'return ordered[j] + weight * (ordered[j + 1] - ordered[j])',
    to: 'return ordered[j + 1]',
    caughtBy: 'eq6/threshold-leaves-as-many-above-it-as-the-budget',
  },
  {
    name: '∞ − ∞ is NaN',
    from: 'if weight == 0 or ordered[j] == ordered[j + 1]:',
    to: 'if j + 1 == len(ordered):',
    caughtBy: 'eq6/infinite-distances-come-last',
  },
  // ---- Eq. 8, Algorithm 2
  {
    name: 'f(τ) counts what equals τ',
    from: 'if delta_i > tau) / len(delta)',
    to: 'if delta_i >= tau) / len(delta)',
    caughtBy: 'eq8/counts-what-is-strictly-above',
  },
  {
    name: 'f(τ) is a share of |S| − 1',
    from: 'if delta_i > tau) / len(delta)',
    to: 'if delta_i > tau) / max(1, len(delta) - 1)',
    caughtBy: 'eq8/is-a-share-of-the-silo',
  },
  {
    name: 'f(τ) ≥ ε',
    from: 'fraction(delta, mid) > epsilon',
    to: 'fraction(delta, mid) >= epsilon',
    caughtBy: 'eq8/is-a-share-of-the-silo',
  },
  {
    name: 'lo and hi are exchanged',
    from: 'if fraction(delta, mid) > epsilon:',
    to: 'if fraction(delta, mid) <= epsilon:',
    caughtBy: 'alg2/bisects-exactly',
    isUsual: true,
  },
  {
    name: 'τ is the last middle',
    from: 'return (lo + hi) / 2',
    to: 'return mid',
    caughtBy: 'alg2/bisects-exactly',
  },
  {
    name: 'one iteration more',
    from: 'for _ in range(iterations):',
    to: 'for _ in range(iterations + 1):',
    caughtBy: 'alg2/bisects-exactly',
  },
  {
    name: 'the bracket begins at 0',
    from: 'lo = tau_previous / c',
    to: 'lo = 0.0',
    caughtBy: 'alg2/stays-within-its-bracket',
  },
  {
    name: 'τ = 0 never changes again',
    from: 'if tau_previous == 0 or tau_previous == math.inf:',
    to: 'if tau_previous == math.inf:',
    caughtBy: 'alg2/zero-and-infinity-are-seeded-anew',
  },
  {
    name: 'every step starts from the first threshold',
    from: 'theta, taus = project(theta_hat, theta0,',
    to: 'theta, _ = project(theta_hat, theta0,',
    caughtBy: 'alg2/threshold-is-carried-from-step-to-step',
  },
  // ---- Eq. 9
  {
    name: 'intersection over union',
    from: 'return 2 * common / (sum(in_a) + sum(in_b))',
    to: 'return common / (sum(in_a) + sum(in_b) - common)',
    caughtBy: 'eq9/share-in-common',
  },
  {
    name: 'differs in value, not in bits',
    from: 'return struct.pack("<d", x) != struct.pack("<d", y)',
    to: 'return x != y',
    caughtBy: 'eq9/differs-means-other-bits',
  },
  // ---- Section 3.2
  {
    name: 'per module is per tensor',
    from: 'key = parameter["module"]\n',
    to: 'key = parameter["name"]\n',
    caughtBy: 'silos/per-module',
  },
  // ---- Algorithm 1
  {
    name: 'what is not kept returns to its previous value',
    from: 'project(theta_hat, theta0, silo_lengths, kind, taus, *threshold_options)\n        trajectory',
    to: 'project(theta_hat, theta, silo_lengths, kind, taus, *threshold_options)\n        trajectory',
    caughtBy: 'alg1/what-is-overtaken-returns-to-the-seed',
    isUsual: true,
  },
  {
    name: 'the state does not see the gradients of what was put back',
    from: 'u = full_update(optimizers, gradient, theta)',
    to: 'u = full_update(optimizers, [g * (x != s or not trajectory) for g, x, s in zip(gradient, theta, theta0)], theta)',
    caughtBy: 'alg1/state-comes-from-the-full-update',
    isUsual: true,
  },
  // ---- Appendix F
  {
    name: 'gradient ascent',
    from: 'return [-self.learning_rate * g_i',
    to: 'return [self.learning_rate * g_i',
    caughtBy: 'sgd/update-is-minus-rate-times-gradient',
  },
  {
    name: 'the exponent of β₂ is a half',
    from: 'decay_rate=0.8,',
    to: 'decay_rate=0.5,',
    caughtBy: 'alg1/every-step-of-adafactor',
  },
  {
    name: 'β₂ is a step ahead',
    from: 'self.t**-self.decay_rate',
    to: '(self.t + 1) ** -self.decay_rate',
    caughtBy: 'adafactor/vectors-step-by-step',
    isUsual: true,
  },
  {
    name: 'divided by v, not by its root',
    from: 'g_i / math.sqrt(v_i) for',
    to: 'g_i / v_i for',
    caughtBy: 'adafactor/first-step-is-plus-or-minus-one',
  },
  {
    name: 'no clipping',
    from: 'if self.clipping_threshold is not None:',
    to: 'if False:',
    caughtBy: 'adafactor/updates-are-clipped-by-their-rms',
  },
  {
    name: 'no least scale',
    from: 'scale = max(self.epsilon2, rms(theta))',
    to: 'scale = rms(theta)',
    caughtBy: 'adafactor/vectors-step-by-step',
  },
  {
    name: 'ε₁ is forgotten',
    from: 'g_i * g_i + self.epsilon1 for',
    to: 'g_i * g_i for',
    caughtBy: 'adafactor/no-gradient-no-update',
  },
  {
    name: 'the mean of the rows is forgotten',
    from: 'math.sqrt(v_i / mean(v_row))',
    to: 'math.sqrt(v_i)',
    caughtBy: 'adafactor/matrices-step-by-step',
  },
  {
    name: 'factored by the larger dimension',
    from: 'sorted(shape)[-2] >=',
    to: 'sorted(shape)[-1] >=',
    caughtBy: 'adafactor/factors-where-the-smaller-dimension-is-large-enough',
  },
  {
    name: 'factored from 127 on',
    from: 'min_dim_size_to_factor=128,',
    to: 'min_dim_size_to_factor=127,',
    caughtBy: 'adafactor/factors-from-128-by-default',
  },
  {
    name: 'momentum without its 1 − β₁',
    from: 'self.m = average(self.m, y, self.momentum)',
    to: 'self.m = [self.momentum * m_i + y_i for m_i, y_i in zip(self.m, y)]',
    caughtBy: 'adafactor/momentum-averages-the-updates',
  },
];

/** The source with the mutant's substitution made. */
export function mutate(source: string, { name, from, to }: PythonMutant): string {
  const [before, after, ...more] = source.split(from);
  if (after === undefined || more.length > 0) {
    throw new Error(`${name}: expected ${from} exactly once in dst.py, got it ${more.length + 1} times or never`);
  }
  return before + to + after;
}
