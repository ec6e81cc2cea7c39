//! What the operations read: numbers as the protocol has them, options with their defaults, and refusals.

use crate::dst::{AdaFactor, Distance, Method, Optimizer, Strategy, Tuning, Vector};
use serde_json::{json, Value};

pub const DISTANCES: [(&str, Distance); 3] =
    [("absolute", Distance::Absolute), ("relative", Distance::Relative), ("inverse-relative", Distance::InverseRelative)];
pub const STRATEGIES: [(&str, Strategy); 3] =
    [("none", Strategy::None), ("per-module", Strategy::PerModule), ("per-module-and-layer", Strategy::PerModuleAndLayer)];

/// The caller's mistake, which is refused and never guessed at: what was expected, and what was given.
pub type Checked<T> = Result<T, String>;

pub fn check(holds: bool, expected: &str, got: impl std::fmt::Display) -> Checked<()> {
    if holds { Ok(()) } else { Err(format!("expected {expected}, got {got}")) }
}

pub fn one_of<T: Copy>(table: &[(&str, T)], name: &Value) -> Checked<T> {
    let row = table.iter().find(|(each, _)| name == each);
    row.map(|(_, value)| *value).ok_or_else(|| format!("expected a known name, got {name}"))
}

/// "NaN", "Infinity" and "-Infinity" come as strings, which `parse` reads; `otherwise` if the field is not there.
pub fn number(given: &Value, otherwise: f64) -> Checked<f64> {
    match given {
        Value::Null => Ok(otherwise),
        Value::String(text) => text.parse().map_err(|_| format!("expected a number, got {text}")),
        _ => given.as_f64().ok_or_else(|| format!("expected a number, got {given}")),
    }
}

pub fn list(given: &Value) -> Checked<&Vec<Value>> {
    given.as_array().ok_or_else(|| format!("expected a list, got {given}"))
}

pub fn vector(given: &Value, length: usize, least: f64, greatest: f64) -> Checked<Vector> {
    let given = list(given)?;
    check(given.len() == length, &format!("{length} numbers"), given.len())?;
    let read = |x: &Value| number(x, f64::NAN).and_then(|x| check(least <= x && x <= greatest, "a number in range", x).map(|()| x as f32));
    given.iter().map(read).collect()
}

pub fn plain(x: &f32) -> Value {
    if x.is_finite() { json!(x) } else { json!(x.to_string().replace("inf", "Infinity")) } // JSON has no number for it
}

pub fn plain_list(x: &Vector) -> Value {
    x.iter().map(plain).collect()
}

pub fn finite(given: &Value, length: usize) -> Checked<Vector> {
    vector(given, length, f32::MIN.into(), f32::MAX.into())
}

pub fn method(input: &Value) -> Checked<(f64, Method)> {
    let (epsilon, c) = (number(&input["epsilon"], f64::NAN)?, number(&input["factor"], 2.0)? as f32);
    check(epsilon > 0.0 && epsilon <= 1.0, "epsilon in (0, 1]", epsilon)?;
    let iterations = number(&input["iterations"], 10.0)? as usize;
    Ok((epsilon, one_of(&[("quantile", Method::Quantile), ("iterative", Method::Iterative { c, iterations })], &input["method"])?))
}

pub fn tuning(input: &Value, n: usize) -> Checked<Tuning> {
    let lengths: Vec<usize> = list(&input["silos"])?.iter().map(|x| x.as_u64().unwrap_or(0) as usize).collect();
    let holds = !lengths.contains(&0) && lengths.iter().sum::<usize>() == n;
    check(holds, &format!("silos that add up to {n}"), &input["silos"])?;
    let ones = vec![1.0; lengths.len()];
    let taus = input.get("previous").map_or(Ok(ones), |given| vector(given, lengths.len(), 0.0, f64::INFINITY))?;
    let (epsilon, method) = method(input)?;
    Ok(Tuning { lengths, taus, distance: one_of(&DISTANCES, &input["distance"])?, epsilon, method })
}

pub fn optimizer(given: &Value, shape: &Value) -> Checked<Optimizer> {
    let shape: Vec<usize> = list(shape)?.iter().map(|x| x.as_u64().unwrap_or(0) as usize).collect();
    let learning_rate = number(&given["learningRate"], f64::NAN)?;
    one_of(&[("t5x", ())], given.get("dialect").unwrap_or(&json!("t5x")))?;
    if one_of(&[("sgd", true), ("adafactor", false)], &given["name"])? {
        return Ok(Optimizer::Sgd { size: shape.iter().product(), learning_rate });
    }
    let optional = |name: &str, otherwise: Option<f64>| match given.get(name) {
        None => Ok(otherwise),
        Some(Value::Null) => Ok(None), // none
        Some(x) => number(x, f64::NAN).map(Some),
    };
    Ok(Optimizer::AdaFactor(AdaFactor {
        shape,
        learning_rate,
        decay_rate: number(&given["decayRate"], 0.8)?,
        epsilon1: number(&given["epsilon1"], 1e-30)?,
        epsilon2: number(&given["epsilon2"], 1e-3)?,
        clipping_threshold: optional("clippingThreshold", Some(1.0))?,
        min_dim_size_to_factor: number(&given["minDimSizeToFactor"], 128.0)? as usize,
        multiply_by_parameter_scale: given["multiplyByParameterScale"].as_bool().unwrap_or(true),
        momentum: optional("momentum", None)?,
        weight_decay: optional("weightDecay", None)?,
        ..AdaFactor::default()
    }))
}
