"""The loops of native.c as a peer: compiled when it starts, called through ctypes. JSON lines, as in protocol.mjs:

  {"do":"round","work":"peak128"|"peak256"|"step","n":…,"clock":"wall"|"cpu","milliseconds":…,"least":…}
                                                   → {"times":[…]}, of one call each, in milliseconds

n: iterations of a peak, elements of a step.
"""

import ctypes
import json
import math
import os
import subprocess
import sys
import tempfile
import time

LEAST_SAMPLE_MS = 1
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


def load():
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "native.c")
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, "native.so")
        subprocess.run(["cc", "-O3", "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
        return ctypes.CDLL(library)


def step_of(native, n):
    """The three passes over vectors of their own."""
    theta, delta, candidate, seed = vectors = [(ctypes.c_float * n)() for _ in range(4)]
    for state, vector in enumerate(vectors):
        native.fill(vector, ctypes.c_long(n), ctypes.c_uint(state))
    return lambda: native.step(theta, delta, candidate, seed, ctypes.c_float(0.1), ctypes.c_long(n))


def work_of(native, work, n):
    if work == "step":
        return step_of(native, n)
    loop = {"peak128": native.peak128, "peak256": native.peak256}[work]
    loop.restype = ctypes.c_float
    return lambda: loop(ctypes.c_long(n))


def measure(run, clock, milliseconds, least):
    now = lambda: 1000 * clock()
    run()
    begin = now()
    run()
    repeat = max(1, math.ceil(LEAST_SAMPLE_MS / max(now() - begin, 1e-3)))
    times, end = [], now() + milliseconds
    while len(times) < least or now() < end:
        begin = now()
        for _ in range(repeat):
            run()
        times.append((now() - begin) / repeat)
    return times


def main():
    say = lambda answer: print(json.dumps(answer), flush=True)
    native = load()
    compiler = subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    say({"version": compiler})
    works = {}
    for line in sys.stdin:
        try:
            request = json.loads(line)
            key = request["work"], request["n"]
            if key not in works:
                works[key] = work_of(native, *key)
            clock = CLOCKS[request["clock"]]
            say({"times": measure(works[key], clock, request["milliseconds"], request["least"])})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


main()
