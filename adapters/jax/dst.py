"""Dynamic Subset Tuning (arXiv 2411.08610) in JAX: a literal translation, one function an equation.

A vector is a float32 array of one dimension. This adapter has not been run on JAX itself: the project's tests run
it where JAX can be imported, and skip it elsewhere, which so far is everywhere. Take it as written with care, not as proven.
θ⁰ is the seed, θ the parameters, u the optimizer's update, θ̂ the candidate, δ the distances and τ the threshold of a silo.
Where the paper is silent, the ruling that is followed is named (amb-4, ...).
"""

import math

import jax
import jax.numpy as jnp

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
    return theta + u


def distances(kind, theta_hat, theta0):
    """Eq. 5 and Table 1: δᵢ = d(θ̂ᵢ, θ⁰ᵢ)."""
    difference = jnp.abs(theta_hat - theta0)
    if kind == "absolute":
        return difference  # |θ̂ᵢ − θ⁰ᵢ|
    if kind == "inverse-relative":
        return difference * jnp.abs(theta0)  # |θ̂ᵢ − θ⁰ᵢ| · |θ⁰ᵢ|
    return jnp.where(difference == 0, difference, difference / jnp.abs(theta0))  # |θ̂ᵢ − θ⁰ᵢ| / |θ⁰ᵢ|; 0/0 is 0 (amb-4)


def quantile_threshold(delta, epsilon):
    """Eq. 6: τ = quantile(δ, 1 − ε)."""
    tau = jnp.quantile(delta, 1 - epsilon)
    if jnp.isnan(tau):  # ∞ − ∞ or 0 · ∞ in the interpolation: infinite distances come last, and tie (amb-5)
        tau = jnp.quantile(delta, 1 - epsilon, method="lower")
    return tau


def keep_or_reset(theta_hat, theta0, delta, tau):
    """Eq. 7: θᵢ = θ̂ᵢ if δᵢ > τ, else θ⁰ᵢ. It solves Eq. 4 under the constraint of Eq. 2."""
    return jnp.where(delta > tau, theta_hat, theta0)


def fraction(delta, tau):
    """Eq. 8: f(τ) = |{ i : δᵢ > τ }| / |S|."""
    return jnp.count_nonzero(delta > tau) / delta.size


def iterative_threshold(delta, epsilon, tau_previous, c, iterations):
    """Algorithm 2: bisects [τ_prev / c, τ_prev · c] for f(τ) = ε."""
    if tau_previous == 0 or jnp.isinf(tau_previous):
        tau_previous = quantile_threshold(delta, epsilon)  # the bracket would be empty for good (amb-7)
    lo = jnp.float32(tau_previous) / c
    hi = jnp.float32(tau_previous) * c
    for _ in range(iterations):
        mid = (lo + hi) / 2
        if fraction(delta, mid) > epsilon:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def overlap(theta0, a, b):
    """Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21)."""
    in_a, in_b = differs(a, theta0), differs(b, theta0)
    if in_a.sum() + in_b.sum() == 0:
        return 1.0
    return float(2 * (in_a & in_b).sum() / (in_a.sum() + in_b.sum()))


def differs(x, y):
    """Whether numbers differ in their bits: −0 differs from 0 (amb-17)."""
    return jax.lax.bitcast_convert_type(x, jnp.uint32) != jax.lax.bitcast_convert_type(y, jnp.uint32)


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
        theta.append(keep_or_reset(theta_hat[silo], theta0[silo], delta, tau))
        taus.append(tau)
        start += length
    return jnp.concatenate(theta), taus


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
    start = 0
    for optimizer in optimizers:  # tensor by tensor, in the order of the vector
        tensor = slice(start, start + optimizer.size)
        u.append(optimizer.update(gradient[tensor], theta[tensor]))
        start += optimizer.size
    return jnp.concatenate(u)


# ---- Appendix F: optimizers --------------------------------------------------------------------------------------


class Sgd:
    def __init__(self, shape, learning_rate):
        self.size = math.prod(shape)
        self.learning_rate = learning_rate

    def update(self, g, theta):
        return -self.learning_rate * g  # u = −lr · g


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
        self.v_row = self.v_column = self.v = self.m = jnp.float32(0)

    def update(self, g, theta):
        self.t += 1
        beta2 = 1 - self.t**-self.decay_rate  # β₂ = 1 − t^−0.8: 0 at the first step
        precondition = self.precondition_factored if self.is_factored else self.precondition
        y = precondition(g.reshape(self.shape), beta2).reshape(-1)
        if self.clipping_threshold is not None:
            y = y / jnp.maximum(1, rms(y) / self.clipping_threshold)  # y / max(1, RMS(y) / d)
        scale = jnp.maximum(self.epsilon2, rms(theta)) if self.multiply_by_parameter_scale else 1.0
        y = self.learning_rate * scale * y  # lr · max(ε₂, RMS(θ))
        if self.momentum is not None:
            self.m = average(self.m, y, self.momentum)  # m = β₁ m + (1 − β₁) y
            y = self.m
        if self.weight_decay is not None:
            y = y + self.weight_decay * theta  # not times lr
        return -y

    def precondition(self, g, beta2):
        self.v = average(self.v, g * g + self.epsilon1, beta2)  # v = β₂ v + (1 − β₂)(g² + ε₁)
        return g / jnp.sqrt(self.v)  # y = g / √v

    def precondition_factored(self, g, beta2):
        """v ≈ v_row v_columnᵀ / mean(v_row), for each of the matrices that the last two dimensions span."""
        squares = g * g + self.epsilon1
        self.v_row = average(self.v_row, squares.mean(axis=-1), beta2)
        self.v_column = average(self.v_column, squares.mean(axis=-2), beta2)
        row_factor = jax.lax.rsqrt(self.v_row / self.v_row.mean(axis=-1, keepdims=True))
        column_factor = jax.lax.rsqrt(self.v_column)
        return g * row_factor[..., :, None] * column_factor[..., None, :]


def average(before, now, beta):
    return beta * before + (1 - beta) * now


def rms(x):
    return jnp.sqrt(jnp.mean(x * x))
