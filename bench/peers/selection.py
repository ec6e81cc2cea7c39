"""PyTorch and NumPy as peers in selection: an order statistic, and a whole step of DST, over vectors that they draw
themselves from the distribution that ours have. JSON lines, as in protocol.mjs:

  {"do":"vectors","n":…,"tied":true|false}                          → {"ok":true}
  {"do":"round","work":NAME,"rank":…,"milliseconds":…,"least":…}    → {"times":[…]}, of one call each, in milliseconds of CPU

The environment sets the threads before anything is imported; PEER is torch or numpy.
"""

import json
import math
import os
import sys
import time

import numpy as np

PEER = os.environ["PEER"]
if PEER == "torch":
    import torch

    torch.set_num_threads(1)

LEAST_SAMPLE_MS = 1


def draw(n, tied):
    """A seed and a candidate: 0.01 normal away from it, or, of nine in ten where most distances tie, not at all."""
    random = np.random.default_rng(1)
    seed = random.standard_normal(n, dtype=np.float32)
    change = np.float32(0.01) * random.standard_normal(n, dtype=np.float32)
    if tied:
        change[random.random(n, dtype=np.float32) < 0.9] = 0
    candidate = seed + change
    return seed, candidate, np.abs(candidate - seed) * np.abs(seed)


def torch_works(seed, candidate, delta):
    seed, candidate, delta = map(torch.from_numpy, (seed, candidate, delta))
    copy = torch.empty_like(delta)

    def step(rank):
        distances = (candidate - seed).abs() * seed.abs()
        tau = torch.kthvalue(distances, rank + 1).values
        return torch.where(distances > tau, candidate, seed)

    return {
        "kthvalue": lambda rank: torch.kthvalue(delta, rank + 1),
        "quantile": lambda rank: torch.quantile(delta, rank / (len(delta) - 1)),
        "step": step,
        "sum": lambda rank: delta.sum(),
        "copy": lambda rank: copy.copy_(delta),
    }


def numpy_works(seed, candidate, delta):
    return {"partition": lambda rank: np.partition(delta, rank)}


def measure(run, milliseconds, least):
    clock = lambda: 1000 * time.process_time()
    begin = clock()
    run()
    repeat = max(1, math.ceil(LEAST_SAMPLE_MS / (clock() - begin)))
    times, end = [], clock() + milliseconds
    while len(times) < least or clock() < end:
        begin = clock()
        for _ in range(repeat):
            run()
        times.append((clock() - begin) / repeat)
    return times


def main():
    say = lambda answer: print(json.dumps(answer), flush=True)
    version = torch.__version__ if PEER == "torch" else np.__version__
    say({"version": version, "runtime": "Python " + ".".join(map(str, sys.version_info[:3]))})
    works = {}
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["do"] == "round":
                work, rank = works[request["work"]], request["rank"]
                say({"times": measure(lambda: work(rank), request["milliseconds"], request["least"])})
            else:
                works = {}
                works = (torch_works if PEER == "torch" else numpy_works)(*draw(request["n"], request["tied"]))
                say({"ok": True})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


main()
