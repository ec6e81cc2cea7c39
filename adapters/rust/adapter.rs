//! Answers the conformance protocol, version 2, for the module `dst` beside this file. Put your own in its place: say what it
//! is and what it has in `start`, call it in the operations below, and run
//!
//!     cargo build --release && npx dst conform -- target/release/adapter

use serde_json::{json, Value};
use std::io::{BufRead, Write};

mod dst;
mod given;
use given::*;

fn start() -> Value {
    json!({
        "implementation": {"name": "literal Rust", "version": "1", "language": "Rust", "dtype": "float32"},
        "ops": ["silos", "distance", "threshold", "project", "overlap", "optimize", "train", "echo"],
        "distances": DISTANCES.map(|(name, _)| name), "thresholds": ["quantile", "iterative"],
        "silos": STRATEGIES.map(|(name, _)| name), "optimizers": ["sgd", "adafactor"], "counts": "quantile",
    })
}

// ---- An operation each

fn run(op: &str, input: &Value) -> Checked<Value> {
    let n = input["seed"].as_array().map_or(0, Vec::len);
    let each = |name: &str, length: usize| list(&input[name])?.iter().map(|x| finite(x, length)).collect::<Checked<Vec<_>>>();
    Ok(match op {
        "silos" => {
            let text = |x: &Value| x.as_str().unwrap_or_default().to_string();
            let read = |p: &Value| dst::Parameter { name: text(&p["name"]), module: text(&p["module"]), layer: p["layer"].as_i64() };
            let parameters: Vec<_> = list(&input["parameters"])?.iter().map(read).collect();
            json!({"silos": dst::silos(one_of(&STRATEGIES, &input["strategy"])?, &parameters)})
        }
        "distance" => {
            let kind = one_of(&DISTANCES, &input["kind"])?;
            json!({"distances": plain_list(&dst::distances(kind, &finite(&input["candidate"], n)?, &finite(&input["seed"], n)?))})
        }
        "threshold" => {
            let length = list(&input["distances"])?.len();
            check(length > 0, "at least one distance", length)?;
            let previous = number(&input["previous"], 1.0)?;
            check(previous >= 0.0, "a threshold from 0", previous)?;
            let (epsilon, method) = method(input)?;
            let delta = vector(&input["distances"], length, 0.0, f64::INFINITY)?;
            json!({"threshold": plain(&dst::threshold(&delta, previous as f32, epsilon, method))})
        }
        "project" => {
            let mut tuning = tuning(input, n)?;
            let theta = dst::project(&finite(&input["candidate"], n)?, &finite(&input["seed"], n)?, &mut tuning);
            json!({"parameters": plain_list(&theta), "thresholds": plain_list(&tuning.taus)})
        }
        "overlap" => {
            json!({"overlap": dst::overlap(&finite(&input["seed"], n)?, &finite(&input["a"], n)?, &finite(&input["b"], n)?)})
        }
        "optimize" => {
            let mut rule = optimizer(&input["optimizer"], &input["shape"])?;
            let mut theta = finite(&input["parameters"], rule.size())?;
            let mut updates = Vec::new();
            for gradient in each("gradients", rule.size())? {
                let u = rule.update(&gradient, &theta);
                theta = dst::candidate(&theta, &u);
                updates.push(plain_list(&u));
            }
            json!({"updates": updates})
        }
        "train" => {
            let shapes = list(&input["shapes"])?.iter();
            let mut rules = shapes.map(|shape| optimizer(&input["optimizer"], shape)).collect::<Checked<Vec<_>>>()?;
            let size: usize = rules.iter().map(dst::Optimizer::size).sum();
            check(size == n, &format!("shapes of {n} numbers"), size)?;
            let mut tuning = tuning(input, n)?;
            let trajectory = dst::train(&finite(&input["seed"], n)?, &each("gradients", n)?, &mut rules, &mut tuning);
            json!({"parameters": trajectory.iter().map(plain_list).collect::<Vec<_>>()})
        }
        _ => {
            let read = |x: &Value| number(x, f64::NAN).map(|x| plain(&(x as f32)));
            json!({"numbers": list(&input["numbers"])?.iter().map(read).collect::<Checked<Vec<_>>>()?}) // echo: the wire alone
        }
    })
}

// ---- The conversation: a line in, a line out

fn answer(request: &Value) -> Value {
    let op = request["op"].as_str().unwrap_or_default();
    let mut answer = start();
    if request["cmd"] == "start" {
        answer["version"] = json!(request["version"].as_u64().map_or(1, |version| version.min(2)));
    } else if !answer["ops"].as_array().is_some_and(|ops| ops.contains(&json!(op))) {
        answer = json!({"skip": format!("there is no operation {op} here")});
    } else {
        answer = match run(op, &request["input"]) {
            Ok(output) => json!({"output": output}),
            Err(message) => json!({"error": {"kind": "invalid-input", "message": message}}),
        };
    }
    answer["seq"] = request["seq"].clone();
    answer
}

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        if request["cmd"] == "stop" {
            break;
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", answer(&request))?;
        out.flush()?;
    }
    Ok(())
}
