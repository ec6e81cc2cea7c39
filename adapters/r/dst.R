# Dynamic Subset Tuning (arXiv 2411.08610) in R: a literal translation, one function an equation.
#
# A vector is a numeric vector, which is a float64: what R's own numbers are. theta0 is the seed, theta the parameters, u the
# optimizer's update, theta_hat the candidate, delta the distances and tau the threshold of a silo. Where the paper is silent,
# the ruling that is followed is named (amb-4, ...).

# ---- Section 3.2: silos

# Parts the parameters (each a name, a module and a layer) into silos: lists of names.
silos <- function(strategy, parameters) {
  key <- function(p) switch(strategy,
    "none" = "all",
    "per-module" = p$module,
    "per-module-and-layer" = paste(p$module, "in layer", if (is.null(p$layer)) "none" else p$layer))
  keys <- vapply(parameters, key, "")
  names <- vapply(parameters, function(p) p$name, "")
  lapply(unique(keys), function(key) names[keys == key])
}

# ---- Equations 3 to 9

# Eq. 3: theta_hat = theta + u.
candidate <- function(theta, u) theta + u

# Eq. 5 and Table 1: delta_i = d(theta_hat_i, theta0_i).
distances <- function(kind, theta_hat, theta0) {
  difference <- abs(theta_hat - theta0)
  switch(kind,
    "absolute" = difference,
    "inverse-relative" = difference * abs(theta0),
    "relative" = ifelse(difference == 0, 0, difference / abs(theta0))) # 0/0 is 0, x/0 is infinite (amb-4)
}

# The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m - 1).
quantile_of <- function(values, q) {
  ordered <- sort(values)
  position <- q * (length(ordered) - 1)
  j <- floor(position)
  lower <- ordered[j + 1] # R counts from 1
  upper <- ordered[min(j + 2, length(ordered))]
  weight <- position - j
  if (weight == 0 || lower == upper) lower else lower + weight * (upper - lower) # also where both are infinite
}

# Eq. 6: tau = quantile(delta, 1 - epsilon).
quantile_threshold <- function(delta, epsilon) quantile_of(delta, 1 - epsilon)

# Eq. 7: theta_i = theta_hat_i if delta_i > tau, else theta0_i. It solves Eq. 4 under the constraint of Eq. 2.
keep_or_reset <- function(theta_hat, theta0, delta, tau) ifelse(delta > tau, theta_hat, theta0)

# Eq. 8: f(tau) = |{ i : delta_i > tau }| / |S|.
fraction <- function(delta, tau) sum(delta > tau) / length(delta)

# Algorithm 2: bisects [tau_previous / c, tau_previous * c] for f(tau) = epsilon.
iterative_threshold <- function(delta, epsilon, tau_previous, c, iterations) {
  if (tau_previous == 0 || is.infinite(tau_previous)) {
    tau_previous <- quantile_threshold(delta, epsilon) # around 0 and infinity is nothing to bisect (amb-7)
  }
  lo <- tau_previous / c
  hi <- tau_previous * c
  for (t in seq_len(iterations)) {
    mid <- (lo + hi) / 2
    if (fraction(delta, mid) > epsilon) lo <- mid else hi <- mid
  }
  (lo + hi) / 2
}

# Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21).
overlap <- function(theta0, a, b) {
  in_a <- differs(a, theta0)
  in_b <- differs(b, theta0)
  if (!any(in_a) && !any(in_b)) 1 else 2 * sum(in_a & in_b) / (sum(in_a) + sum(in_b))
}

# Whether numbers differ in their bits: -0 differs from 0 (amb-17).
differs <- function(x, y) x != y | (x == 0 & 1 / x != 1 / y)

# ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1

# `options`: method, epsilon, factor and iterations.
threshold <- function(delta, tau_previous, options) {
  if (options$method == "quantile") return(quantile_threshold(delta, options$epsilon))
  iterative_threshold(delta, options$epsilon, tau_previous, options$factor, options$iterations)
}

# Each silo by itself, a consecutive range of the vectors. Returns theta and every silo's tau.
project <- function(theta_hat, theta0, lengths, kind, taus, options) {
  theta <- theta0
  ends <- cumsum(lengths)
  for (s in seq_along(lengths)) {
    silo <- seq(to = ends[s], length.out = lengths[s])
    delta <- distances(kind, theta_hat[silo], theta0[silo])
    taus[s] <- threshold(delta, taus[s], options)
    theta[silo] <- keep_or_reset(theta_hat[silo], theta0[silo], delta, taus[s])
  }
  list(theta = theta, taus = taus)
}

# Algorithm 1 with the gradients given, and one optimizer a tensor. Returns theta after every step.
train <- function(theta0, gradients, rules, lengths, kind, taus, options) {
  theta <- theta0
  sizes <- vapply(rules, function(rule) rule$size, 0)
  lapply(gradients, function(gradient) {
    u <- numeric(0)
    for (k in seq_along(rules)) {
      tensor <- seq(length(u) + 1, length.out = sizes[k])
      u <- c(u, rules[[k]]$update(gradient[tensor], theta[tensor])) # of the whole gradient: no state is masked
    }
    projected <- project(candidate(theta, u), theta0, lengths, kind, taus, options)
    taus <<- projected$taus
    theta <<- projected$theta
  })
}

# ---- Appendix F: optimizers, of one tensor; what they remember is in their own environment

sgd <- function(shape, o) {
  list(size = prod(shape), update = function(g, theta) -o$learningRate * g) # u = -lr g
}

# Shazeer and Stern 2018, with the semantics of t5x (amb-12). A NULL option is none.
adafactor <- function(shape, o) {
  t <- v <- v_row <- v_column <- m <- 0
  columns <- shape[length(shape)]
  rows <- if (length(shape) > 1) shape[length(shape) - 1] else 1
  is_factored <- length(shape) > 1 && sort(shape, decreasing = TRUE)[2] >= o$minDimSizeToFactor

  precondition <- function(g, squares, beta2) {
    v <<- average(v, squares, beta2) # v = beta2 v + (1 - beta2)(g^2 + epsilon1)
    g / sqrt(v) # y = g / sqrt(v)
  }

  # v is about v_row v_column^T / mean(v_row), for each of the matrices that the last two dimensions span. R's arrays run
  # through their first dimension first: a stack of matrices is columns x rows x matrices.
  precondition_factored <- function(g, squares, beta2) {
    dim(squares) <- dim(g) <- c(columns, rows, length(g) / (rows * columns))
    v_row <<- average(v_row, apply(squares, c(2, 3), mean), beta2)
    v_column <<- average(v_column, apply(squares, c(1, 3), mean), beta2)
    row_factor <- sqrt(sweep(v_row, 2, colMeans(v_row), "/"))
    as.vector(sweep(sweep(g, c(2, 3), row_factor, "/"), c(1, 3), sqrt(v_column), "/"))
  }

  update <- function(g, theta) {
    t <<- t + 1
    beta2 <- 1 - t^-o$decayRate # 1 - t^-0.8: 0 at the first step
    squares <- g^2 + o$epsilon1
    y <- if (is_factored) precondition_factored(g, squares, beta2) else precondition(g, squares, beta2)
    if (!is.null(o$clippingThreshold)) y <- y / max(1, rms(y) / o$clippingThreshold) # y / max(1, RMS(y) / d)
    scale <- if (o$multiplyByParameterScale) max(o$epsilon2, rms(theta)) else 1
    y <- o$learningRate * scale * y # lr max(epsilon2, RMS(theta))
    if (!is.null(o$momentum)) y <- m <<- average(m, y, o$momentum) # m = beta1 m + (1 - beta1) y
    if (!is.null(o$weightDecay)) y <- y + o$weightDecay * theta # not times lr
    -y
  }

  list(size = prod(shape), update = update)
}

average <- function(before, now, beta) beta * before + (1 - beta) * now

rms <- function(x) sqrt(mean(x^2))
