"""Dynamic Subset Tuning (arXiv 2411.08610) in plain Python: a literal translation, one function an equation.

A vector is a list of float, which is a float64: what Python's own numbers are, so that nothing has to be rounded by hand.
θ⁰ is the seed, θ the parameters, u the optimizer's update, θ̂ the candidate, δ the distances and τ the threshold of a silo.
Where the paper is silent, the ruling that is followed is named (amb-4, ...).
"""

import math
import struct

# ---- Section 3.2: silos ------------------------------------------------------------------------------------------


def silos(strategy, parameters):
    """Parts the parameters (each a name, a module and a layer) into silos, lists of names."""
    groups = {}
    for parameter in parameters:
        if strategy == "none":
            key = "all"
        elif strategy == "per-module":
            key = parameter["module"]
        else:  # per-module-and-layer
            key = (parameter["module"], parameter["layer"])
        groups.setdefault(key, []).append(parameter["name"])
    return list(groups.values())


# ---- Equations 3 to 9 --------------------------------------------------------------------------------------------


def candidate(theta, u):
    """Eq. 3: θ̂ = θ + u."""
    return [theta_i + u_i for theta_i, u_i in zip(theta, u)]


def distances(kind, theta_hat, theta0):
    """Eq. 5 and Table 1: δᵢ = d(θ̂ᵢ, θ⁰ᵢ)."""
    return [distance(kind, theta_hat_i, theta0_i) for theta_hat_i, theta0_i in zip(theta_hat, theta0)]


def distance(kind, theta_hat_i, theta0_i):
    difference = abs(theta_hat_i - theta0_i)
    if kind == "absolute":
        return difference  # |θ̂ᵢ − θ⁰ᵢ|
    if kind == "inverse-relative":
        return difference * abs(theta0_i)  # |θ̂ᵢ − θ⁰ᵢ| · |θ⁰ᵢ|
    if theta0_i == 0:
        return 0.0 if difference == 0 else math.inf  # 0/0 and x/0 (amb-4)
    return difference / abs(theta0_i)  # |θ̂ᵢ − θ⁰ᵢ| / |θ⁰ᵢ|


def quantile_threshold(delta, epsilon):
    """Eq. 6: τ = quantile(δ, 1 − ε)."""
    return quantile(delta, 1 - epsilon)


def quantile(values, q):
    """The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m − 1)."""
    ordered = sorted(values)
    position = q * (len(ordered) - 1)
    j = math.floor(position)
    weight = position - j
    if weight == 0 or ordered[j] == ordered[j + 1]:
        return ordered[j]  # also where both are infinite: ∞ − ∞ would be NaN
    return ordered[j] + weight * (ordered[j + 1] - ordered[j])


def keep_or_reset(theta_hat, theta0, delta, tau):
    """Eq. 7: θᵢ = θ̂ᵢ if δᵢ > τ, else θ⁰ᵢ. It solves Eq. 4 under the constraint of Eq. 2."""
    return [
        theta_hat_i if delta_i > tau else theta0_i
        for theta_hat_i, theta0_i, delta_i in zip(theta_hat, theta0, delta)
    ]


def fraction(delta, tau):
    """Eq. 8: f(τ) = |{ i : δᵢ > τ }| / |S|."""
    return sum(1 for delta_i in delta if delta_i > tau) / len(delta)


def iterative_threshold(delta, epsilon, tau_previous, c, iterations):
    """Algorithm 2: bisects [τ_prev / c, τ_prev · c] for f(τ) = ε."""
    if tau_previous == 0 or tau_previous == math.inf:
        tau_previous = quantile_threshold(delta, epsilon)  # the bracket would be empty for good (amb-7)
    lo = tau_previous / c
    hi = tau_previous * c
    for _ in range(iterations):
        mid = (lo + hi) / 2
        if fraction(delta, mid) > epsilon:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def overlap(theta0, a, b):
    """Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21)."""
    in_a = [differs(a_i, theta0_i) for a_i, theta0_i in zip(a, theta0)]
    in_b = [differs(b_i, theta0_i) for b_i, theta0_i in zip(b, theta0)]
    common = sum(1 for a_i, b_i in zip(in_a, in_b) if a_i and b_i)
    if sum(in_a) + sum(in_b) == 0:
        return 1.0
    return 2 * common / (sum(in_a) + sum(in_b))


def differs(x, y):
    """Whether two numbers differ in their bits: −0 differs from 0 (amb-17)."""
    return struct.pack("<d", x) != struct.pack("<d", y)


# ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1 ------------------------------------------------------------


def threshold(delta, tau_previous, method, epsilon, c, iterations):
    if method == "quantile":
        return quantile_threshold(delta, epsilon)
    return iterative_threshold(delta, epsilon, tau_previous, c, iterations)


def project(theta_hat, theta0, silo_lengths, kind, taus_previous, *threshold_options):
    """Each silo by itself, a consecutive stretch of the vectors. Returns θ and every silo's τ."""
    theta, taus = [], []
    start = 0
    for length, tau_previous in zip(silo_lengths, taus_previous):
        silo = slice(start, start + length)
        delta = distances(kind, theta_hat[silo], theta0[silo])
        tau = threshold(delta, tau_previous, *threshold_options)
        theta += keep_or_reset(theta_hat[silo], theta0[silo], delta, tau)
        taus.append(tau)
        start += length
    return theta, taus


def train(theta0, gradients, optimizers, silo_lengths, kind, taus, *threshold_options):
    """Algorithm 1 with the gradients given, and one optimizer a tensor. Returns θ after every step."""
    theta = theta0
    trajectory = []
    for gradient in gradients:
        u = full_update(optimizers, gradient, theta)  # of the whole gradient: no state is masked
        theta_hat = candidate(theta, u)
        theta, taus = project(theta_hat, theta0, silo_lengths, kind, taus, *threshold_options)
        trajectory.append(theta)
    return trajectory


def full_update(optimizers, gradient, theta):
    u = []
    for optimizer in optimizers:  # tensor by tensor, in the order of the vector
        start, end = len(u), len(u) + optimizer.size
        u += optimizer.update(gradient[start:end], theta[start:end])
    return u


# ---- Appendix F: optimizers --------------------------------------------------------------------------------------


class Sgd:
    def __init__(self, shape, learning_rate):
        self.size = math.prod(shape)
        self.learning_rate = learning_rate

    def update(self, g, theta):
        return [-self.learning_rate * g_i for g_i in g]  # u = −lr · g


class AdaFactor:
    """Shazeer and Stern 2018, with the semantics of t5x (amb-12); one tensor."""

    def __init__(
        self,
        shape,
        learning_rate,
        decay_rate=0.8,
        epsilon1=1e-30,
        epsilon2=1e-3,
        clipping_threshold=1.0,
        min_dim_size_to_factor=128,
        multiply_by_parameter_scale=True,
        momentum=None,
        weight_decay=None,
    ):
        self.size = math.prod(shape)
        self.shape = shape
        self.learning_rate = learning_rate
        self.decay_rate = decay_rate
        self.epsilon1 = epsilon1
        self.epsilon2 = epsilon2
        self.clipping_threshold = clipping_threshold
        self.multiply_by_parameter_scale = multiply_by_parameter_scale
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.t = 0
        self.is_factored = len(shape) >= 2 and sorted(shape)[-2] >= min_dim_size_to_factor
        if self.is_factored:  # means over the columns and over the rows of each matrix
            rows, columns = shape[-2:]
            self.v_row = [0.0] * (self.size // columns)
            self.v_column = [0.0] * (self.size // rows)
        else:
            self.v = [0.0] * self.size
        self.m = [0.0] * self.size

    def update(self, g, theta):
        self.t += 1
        beta2 = 1 - self.t**-self.decay_rate  # β₂ = 1 − t^−0.8: 0 at the first step
        squares = [g_i * g_i + self.epsilon1 for g_i in g]
        y = self.precondition_factored(g, squares, beta2) if self.is_factored else self.precondition(g, squares, beta2)
        if self.clipping_threshold is not None:
            excess = max(1.0, rms(y) / self.clipping_threshold)
            y = [y_i / excess for y_i in y]  # y / max(1, RMS(y) / d)
        scale = max(self.epsilon2, rms(theta)) if self.multiply_by_parameter_scale else 1.0
        y = [self.learning_rate * scale * y_i for y_i in y]  # lr · max(ε₂, RMS(θ))
        if self.momentum is not None:
            self.m = average(self.m, y, self.momentum)  # m = β₁ m + (1 − β₁) y
            y = self.m
        if self.weight_decay is not None:
            y = [y_i + self.weight_decay * theta_i for y_i, theta_i in zip(y, theta)]  # not times lr
        return [-y_i for y_i in y]

    def precondition(self, g, squares, beta2):
        self.v = average(self.v, squares, beta2)  # v = β₂ v + (1 − β₂)(g² + ε₁)
        return [g_i / math.sqrt(v_i) for g_i, v_i in zip(g, self.v)]  # y = g / √v

    def precondition_factored(self, g, squares, beta2):
        """v ≈ v_row v_columnᵀ / mean(v_row), for each of the matrices that the last two dimensions span."""
        rows, columns = self.shape[-2:]
        matrices = range(self.size // (rows * columns))
        at = lambda k, i, j: (k * rows + i) * columns + j
        row_means = [mean([squares[at(k, i, j)] for j in range(columns)]) for k in matrices for i in range(rows)]
        column_means = [mean([squares[at(k, i, j)] for i in range(rows)]) for k in matrices for j in range(columns)]
        self.v_row = average(self.v_row, row_means, beta2)
        self.v_column = average(self.v_column, column_means, beta2)
        y = []
        for k in matrices:
            v_row = self.v_row[k * rows : (k + 1) * rows]
            v_column = self.v_column[k * columns : (k + 1) * columns]
            row_factor = [1 / math.sqrt(v_i / mean(v_row)) for v_i in v_row]
            column_factor = [1 / math.sqrt(v_j) for v_j in v_column]
            y += [g[at(k, i, j)] * row_factor[i] * column_factor[j] for i in range(rows) for j in range(columns)]
        return y


def average(before, now, beta):
    return [beta * before_i + (1 - beta) * now_i for before_i, now_i in zip(before, now)]


def mean(values):
    return sum(values) / len(values)


def rms(values):
    return math.sqrt(mean([x * x for x in values]))
