//! Dynamic Subset Tuning (arXiv 2411.08610) in Rust: a literal translation, one function an equation.
//!
//! A vector is a `[f32]`; sums are taken in f64. `theta0` is the seed, `theta` the parameters, `u` the optimizer's update,
//! `theta_hat` the candidate, `delta` the distances and `tau` the threshold of a silo. Where the paper is silent, the ruling
//! that is followed is named (amb-4, ...).

pub type Vector = Vec<f32>;

#[derive(Clone, Copy)]
pub enum Distance {
    Absolute,
    Relative,
    InverseRelative,
}

// ---- Section 3.2: silos

#[derive(Clone, Copy)]
pub enum Strategy {
    None,
    PerModule,
    PerModuleAndLayer,
}

pub struct Parameter {
    pub name: String,
    pub module: String,
    pub layer: Option<i64>,
}

/// Parts the parameters into silos: lists of names.
pub fn silos(strategy: Strategy, parameters: &[Parameter]) -> Vec<Vec<String>> {
    let key = |p: &Parameter| match strategy {
        Strategy::None => (String::new(), None),
        Strategy::PerModule => (p.module.clone(), None),
        Strategy::PerModuleAndLayer => (p.module.clone(), p.layer),
    };
    let mut silos: Vec<((String, Option<i64>), Vec<String>)> = Vec::new();
    for p in parameters {
        match silos.iter_mut().find(|(k, _)| *k == key(p)) {
            Some((_, names)) => names.push(p.name.clone()),
            None => silos.push((key(p), vec![p.name.clone()])),
        }
    }
    silos.into_iter().map(|(_, names)| names).collect()
}

// ---- Equations 3 to 9

/// Eq. 3: θ̂ = θ + u.
pub fn candidate(theta: &[f32], u: &[f32]) -> Vector {
    theta.iter().zip(u).map(|(theta_i, u_i)| theta_i + u_i).collect()
}

/// Eq. 5 and Table 1: δᵢ = d(θ̂ᵢ, θ⁰ᵢ).
pub fn distances(kind: Distance, theta_hat: &[f32], theta0: &[f32]) -> Vector {
    theta_hat.iter().zip(theta0).map(|(&theta_hat_i, &theta0_i)| distance(kind, theta_hat_i, theta0_i)).collect()
}

fn distance(kind: Distance, theta_hat_i: f32, theta0_i: f32) -> f32 {
    let difference = (theta_hat_i - theta0_i).abs();
    match kind {
        Distance::Absolute => difference,
        Distance::InverseRelative => difference * theta0_i.abs(),
        Distance::Relative if difference == 0.0 => 0.0, // also 0/0 (amb-4)
        Distance::Relative => difference / theta0_i.abs(), // infinite from a seed of 0 (amb-4)
    }
}

/// The q-quantile as jnp.quantile has it: interpolated linearly between the order statistics around q (m − 1).
fn quantile(values: &[f32], q: f64) -> f32 {
    let mut ordered = values.to_vec();
    ordered.sort_by(f32::total_cmp);
    let position = q * (ordered.len() - 1) as f64;
    let j = position.floor() as usize;
    let weight = (position - j as f64) as f32;
    if weight == 0.0 || ordered[j] == ordered[j + 1] {
        return ordered[j]; // also where both are infinite: ∞ − ∞ would be NaN
    }
    ordered[j] + weight * (ordered[j + 1] - ordered[j])
}

/// Eq. 6: τ = quantile(δ, 1 − ε).
fn quantile_threshold(delta: &[f32], epsilon: f64) -> f32 {
    quantile(delta, 1.0 - epsilon)
}

/// Eq. 7: θᵢ = θ̂ᵢ if δᵢ > τ, else θ⁰ᵢ. It solves Eq. 4 under the constraint of Eq. 2.
fn keep_or_reset(theta_hat: &[f32], theta0: &[f32], delta: &[f32], tau: f32) -> Vector {
    (0..delta.len()).map(|i| if delta[i] > tau { theta_hat[i] } else { theta0[i] }).collect()
}

/// Eq. 8: f(τ) = |{ i : δᵢ > τ }| / |S|.
fn fraction(delta: &[f32], tau: f32) -> f64 {
    delta.iter().filter(|&&delta_i| delta_i > tau).count() as f64 / delta.len() as f64
}

/// Algorithm 2: bisects [τ_prev / c, τ_prev · c] for f(τ) = ε.
fn iterative_threshold(delta: &[f32], epsilon: f64, mut tau_previous: f32, c: f32, iterations: usize) -> f32 {
    if tau_previous == 0.0 || tau_previous.is_infinite() {
        tau_previous = quantile_threshold(delta, epsilon); // around 0 and ∞ is nothing to bisect (amb-7)
    }
    let (mut lo, mut hi) = (tau_previous / c, tau_previous * c);
    for _ in 0..iterations {
        let mid = (lo + hi) / 2.0;
        if fraction(delta, mid) > epsilon {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    (lo + hi) / 2.0
}

/// Eq. 9: of the parameters that differ from the seed, the share that both checkpoints have in common (amb-21).
pub fn overlap(theta0: &[f32], a: &[f32], b: &[f32]) -> f32 {
    let differs = |x: &[f32], i: usize| x[i].to_bits() != theta0[i].to_bits(); // −0 differs from 0 (amb-17)
    let count = |has: &dyn Fn(usize) -> bool| (0..theta0.len()).filter(|&i| has(i)).count();
    let (in_a, in_b) = (count(&|i| differs(a, i)), count(&|i| differs(b, i)));
    let in_both = count(&|i| differs(a, i) && differs(b, i));
    if in_a + in_b == 0 { 1.0 } else { (2 * in_both) as f32 / (in_a + in_b) as f32 }
}

// ---- A step: Eq. 5 to 7 silo by silo, and Algorithm 1

/// How the threshold of a silo is found.
#[derive(Clone, Copy)]
pub enum Method {
    Quantile,
    Iterative { c: f32, iterations: usize },
}

pub fn threshold(delta: &[f32], tau_previous: f32, epsilon: f64, method: Method) -> f32 {
    match method {
        Method::Quantile => quantile_threshold(delta, epsilon),
        Method::Iterative { c, iterations } => iterative_threshold(delta, epsilon, tau_previous, c, iterations),
    }
}

/// What the projection is given: each silo is a consecutive range of the vectors, and has a threshold of the step before.
pub struct Tuning {
    pub lengths: Vec<usize>,
    pub taus: Vector,
    pub distance: Distance,
    pub epsilon: f64,
    pub method: Method,
}

/// Each silo by itself. The new thresholds take the place of those before.
pub fn project(theta_hat: &[f32], theta0: &[f32], tuning: &mut Tuning) -> Vector {
    let mut theta = Vector::new();
    for s in 0..tuning.lengths.len() {
        let silo = theta.len()..theta.len() + tuning.lengths[s];
        let delta = distances(tuning.distance, &theta_hat[silo.clone()], &theta0[silo.clone()]);
        tuning.taus[s] = threshold(&delta, tuning.taus[s], tuning.epsilon, tuning.method);
        theta.extend(keep_or_reset(&theta_hat[silo.clone()], &theta0[silo], &delta, tuning.taus[s]));
    }
    theta
}

/// Algorithm 1 with the gradients given, and one optimizer a tensor. Returns θ after every step.
pub fn train(theta0: &[f32], gradients: &[Vector], rules: &mut [Optimizer], tuning: &mut Tuning) -> Vec<Vector> {
    let mut theta = theta0.to_vec();
    let mut trajectory = Vec::new();
    for gradient in gradients {
        let mut u = Vector::new();
        for rule in rules.iter_mut() {
            let tensor = u.len()..u.len() + rule.size();
            u.extend(rule.update(&gradient[tensor.clone()], &theta[tensor])); // of the whole gradient: no state is masked
        }
        theta = project(&candidate(&theta, &u), theta0, tuning);
        trajectory.push(theta.clone());
    }
    trajectory
}

// ---- Appendix F: optimizers, of one tensor

pub enum Optimizer {
    Sgd { size: usize, learning_rate: f64 },
    AdaFactor(AdaFactor),
}

impl Optimizer {
    pub fn size(&self) -> usize {
        match self {
            Optimizer::Sgd { size, .. } => *size,
            Optimizer::AdaFactor(o) => o.shape.iter().product(),
        }
    }

    pub fn update(&mut self, g: &[f32], theta: &[f32]) -> Vector {
        match self {
            Optimizer::Sgd { learning_rate, .. } => g.iter().map(|g_i| -(*learning_rate as f32) * g_i).collect(),
            Optimizer::AdaFactor(o) => o.update(g, theta),
        }
    }
}

/// Shazeer and Stern 2018, with the semantics of t5x (amb-12).
#[derive(Default)]
pub struct AdaFactor {
    pub shape: Vec<usize>,
    pub learning_rate: f64,
    pub decay_rate: f64,
    pub epsilon1: f64,
    pub epsilon2: f64,
    pub clipping_threshold: Option<f64>,
    pub min_dim_size_to_factor: usize,
    pub multiply_by_parameter_scale: bool,
    pub momentum: Option<f64>,
    pub weight_decay: Option<f64>,
    pub t: i32,
    pub v: Vector, // empty before the first step, as the other averages
    pub v_row: Vector,
    pub v_column: Vector,
    pub m: Vector,
}

impl AdaFactor {
    fn update(&mut self, g: &[f32], theta: &[f32]) -> Vector {
        self.t += 1;
        let beta2 = 1.0 - f64::from(self.t).powf(-self.decay_rate); // 1 − t^−0.8: 0 at the first step
        let squares: Vector = g.iter().map(|g_i| g_i * g_i + self.epsilon1 as f32).collect();
        let mut y = self.precondition(g, &squares, beta2);
        let excess = self.clipping_threshold.map_or(1.0, |d| (rms(&y) / d).max(1.0)); // y / max(1, RMS(y) / d)
        let scale = if self.multiply_by_parameter_scale { rms(theta).max(self.epsilon2) } else { 1.0 };
        for y_i in &mut y {
            *y_i = (self.learning_rate * scale * f64::from(*y_i) / excess) as f32; // lr · max(ε₂, RMS(θ))
        }
        if let Some(beta1) = self.momentum {
            average(&mut self.m, &y, beta1); // m = β₁ m + (1 − β₁) y
            y.clone_from(&self.m);
        }
        let decay = self.weight_decay.unwrap_or(0.0) as f32; // not times lr
        y.iter().zip(theta).map(|(y_i, theta_i)| -(y_i + decay * theta_i)).collect()
    }

    fn precondition(&mut self, g: &[f32], squares: &[f32], beta2: f64) -> Vector {
        let mut dimensions = self.shape.clone();
        dimensions.sort_unstable();
        if dimensions.len() >= 2 && dimensions[dimensions.len() - 2] >= self.min_dim_size_to_factor {
            return self.precondition_factored(g, squares, beta2);
        }
        average(&mut self.v, squares, beta2); // v = β₂ v + (1 − β₂)(g² + ε₁)
        g.iter().zip(&self.v).map(|(g_i, v_i)| g_i / v_i.sqrt()).collect() // y = g / √v
    }

    /// v ≈ v_row v_columnᵀ / mean(v_row), for each of the matrices that the last two dimensions span.
    fn precondition_factored(&mut self, g: &[f32], squares: &[f32], beta2: f64) -> Vector {
        let [.., rows, columns] = self.shape[..] else { unreachable!("a factored tensor has two dimensions") };
        let row_means: Vector = squares.chunks(columns).map(|row| mean(row.iter())).collect();
        let column_means: Vector = squares
            .chunks(rows * columns)
            .flat_map(|matrix| (0..columns).map(move |j| mean(matrix[j..].iter().step_by(columns))))
            .collect();
        average(&mut self.v_row, &row_means, beta2);
        average(&mut self.v_column, &column_means, beta2);
        let means: Vector = self.v_row.chunks(rows).map(|v_row| mean(v_row.iter())).collect();
        let y = g.iter().enumerate().map(|(at, g_at)| {
            let (i, k) = (at / columns, at / columns / rows); // the row of all rows, and the matrix
            g_at / (self.v_row[i] / means[k]).sqrt() / self.v_column[k * columns + at % columns].sqrt()
        });
        y.collect()
    }
}

/// before = β before + (1 − β) now; before the first step it is 0.
fn average(before: &mut Vector, now: &[f32], beta: f64) {
    before.resize(now.len(), 0.0);
    for (before_i, now_i) in before.iter_mut().zip(now) {
        *before_i = beta as f32 * *before_i + (1.0 - beta) as f32 * now_i;
    }
}

fn mean<'a>(x: impl Iterator<Item = &'a f32>) -> f32 {
    let (sum, count) = x.fold((0.0, 0), |(sum, count), &x_i| (sum + f64::from(x_i), count + 1));
    (sum / f64::from(count)) as f32
}

fn rms(x: &[f32]) -> f64 {
    (x.iter().map(|&x_i| f64::from(x_i) * f64::from(x_i)).sum::<f64>() / x.len() as f64).sqrt()
}
