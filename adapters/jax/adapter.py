#!/usr/bin/env python3
# Answers the conformance protocol, version 2, for the module `dst` beside this file. Put your own in its place: say what
# it is in IMPLEMENTATION and what it has in CLAIMS, call it in the functions below, and run
#     npx dst conform -- python3 adapter.py
import json, math, re, sys
import jax.numpy as jnp

import dst

IMPLEMENTATION = {"name": "literal JAX", "version": "1", "language": "Python", "dtype": "float32"}
FLUSHES = True  # whether denormals may be taken for 0: XLA takes them so on most processors
vector = lambda numbers: jnp.array(numbers, jnp.float32)  # from a list of float to a vector of the implementation

# ---- From here on the Python adapters are the same ---------------------------------------------------------------
DISTANCES, THRESHOLDS = ["absolute", "relative", "inverse-relative"], ["quantile", "iterative"]
SILOS, OPTIMIZERS = ["none", "per-module", "per-module-and-layer"], ["sgd", "adafactor"]
OPTIONS = ["learningRate", "decayRate", "epsilon1", "epsilon2", "clippingThreshold", "minDimSizeToFactor",
           "multiplyByParameterScale", "momentum", "weightDecay"]  # of AdaFactor

class InvalidInput(Exception): """The caller's mistake, which is refused and never guessed at."""

def check(holds, expected, got):
    if not holds:
        raise InvalidInput(f"expected {expected}, got {got}")

def one_of(names, name):
    check(name in names, "one of " + ", ".join(names), name)
    return name

def numbers(values, length=None, least=-math.inf, greatest=sys.float_info.max):
    values = [float(x) for x in values]  # "NaN", "Infinity" and "-Infinity" come as strings, which float reads
    check(length in (None, len(values)), f"{length} numbers", len(values))
    for i, x in enumerate(values):
        check(least <= x <= greatest, "a number in range", f"{x} at index {i}")  # never true of NaN
    return values

def threshold_options(given):
    epsilon = float(given["epsilon"])
    check(0 < epsilon <= 1, "epsilon in (0, 1]", epsilon)
    factor, iterations = float(given.get("factor", 2)), int(given.get("iterations", 10))
    return one_of(THRESHOLDS, given["method"]), epsilon, factor, iterations

def silo_options(given, n):
    lengths = [int(length) for length in given["silos"]]
    check(min(lengths, default=0) > 0 and sum(lengths) == n, f"silos that add up to {n}", lengths)
    previous = given.get("previous", [1] * len(lengths))
    kind = one_of(DISTANCES, given["distance"])
    return lengths, kind, numbers(previous, len(lengths), 0, math.inf), *threshold_options(given)

def optimizer(given, shape):
    if one_of(OPTIMIZERS, given["name"]) == "sgd":
        return dst.Sgd(shape, given["learningRate"])
    one_of(["t5x"], given.get("dialect", "t5x"))
    snake_case = lambda name: re.sub("([A-Z])", r"_\1", name).lower()
    return dst.AdaFactor(shape, **{snake_case(name): given[name] for name in OPTIONS if name in given})

# ---- An operation each -------------------------------------------------------------------------------------------
def silos(given):
    return {"silos": dst.silos(one_of(SILOS, given["strategy"]), given["parameters"])}

def distance(given):
    kind, seed = one_of(DISTANCES, given["kind"]), numbers(given["seed"])
    return {"distances": dst.distances(kind, vector(numbers(given["candidate"], len(seed))), vector(seed))}

def threshold(given):
    method, *options = threshold_options(given)
    delta, [previous] = (numbers(x, None, 0, math.inf) for x in (given["distances"], [given.get("previous", 1)]))
    check(delta, "at least one distance", "none")
    return {"threshold": dst.threshold(vector(delta), previous, method, *options)}

def project(given):
    seed = numbers(given["seed"])
    candidate, options = numbers(given["candidate"], len(seed)), silo_options(given, len(seed))
    parameters, thresholds = dst.project(vector(candidate), vector(seed), *options)
    return {"parameters": parameters, "thresholds": thresholds}

def overlap(given):
    seed = numbers(given["seed"])
    return {"overlap": dst.overlap(vector(seed), *(vector(numbers(given[x], len(seed))) for x in "ab"))}

def optimize(given):
    theta, rule, updates = vector(numbers(given["parameters"])), optimizer(given["optimizer"], given["shape"]), []
    check(len(theta) == rule.size, f"{rule.size} parameters", len(theta))
    for gradient in given["gradients"]:
        updates.append(rule.update(vector(numbers(gradient, rule.size)), theta))
        theta = dst.candidate(theta, updates[-1])
    return {"updates": updates}

def train(given):
    seed, rules = numbers(given["seed"]), [optimizer(given["optimizer"], shape) for shape in given["shapes"]]
    check(sum(rule.size for rule in rules) == len(seed), f"shapes of {len(seed)} numbers", given["shapes"])
    gradients = [vector(numbers(gradient, len(seed))) for gradient in given["gradients"]]
    return {"parameters": dst.train(vector(seed), gradients, rules, *silo_options(given, len(seed)))}

# ---- The conversation: a line in, a line out ---------------------------------------------------------------------
OPERATIONS = {f.__name__: f for f in (silos, distance, threshold, project, overlap, optimize, train)}
OPERATIONS["echo"] = lambda given: {"numbers": vector([float(x) for x in given["numbers"]])}  # the wire alone
CLAIMS = {"ops": [*OPERATIONS], "distances": DISTANCES, "thresholds": THRESHOLDS, "silos": SILOS, "counts": "quantile",
          "optimizers": OPTIMIZERS, "flushesDenormals": FLUSHES}

def answer(request):
    if request["cmd"] == "start":
        return {"version": min(2, request["version"]), "implementation": IMPLEMENTATION, **CLAIMS}
    if request["op"] not in OPERATIONS:
        return {"skip": f"there is no operation {request['op']} here"}
    try:
        return {"output": plain(OPERATIONS[request["op"]](request["input"]))}
    except InvalidInput as error:
        return {"error": {"kind": "invalid-input", "message": str(error)}}
    except Exception as error:  # a defect: said, and survived
        return {"error": {"kind": "internal", "message": repr(error)}}

def plain(value):  # as JSON has it: lists for vectors, and strings for what is no number there
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, dict):
        return {key: plain(x) for key, x in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(x) for x in value]
    is_strange = isinstance(value, float) and not math.isfinite(value)
    return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN") if is_strange else value

for line in sys.stdin.buffer:
    request = json.loads(line, parse_int=lambda digits: -0.0 if digits == "-0" else int(digits))
    if request["cmd"] == "stop":
        break
    print(json.dumps({"seq": request["seq"], **answer(request)}), flush=True)
