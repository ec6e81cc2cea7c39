"""The loops of native.c and product.c as a peer: compiled when it starts, called through ctypes. JSON lines, as in protocol.mjs:

  {"do":"round",WORK,"clock":"wall"|"cpu","milliseconds":…,"least":…}
                                                   → {"times":[…]}, of one call each, in milliseconds
  WORK: "work":"peak128"|"peak256"|"step"|"step_at_once"|"exponentials"|"descend"|"count_above","n":…
        "work":"product","m":…,"k":…,"n":…,"kind":"NN"|"NT"|"TN","count":…

n: iterations of a peak, elements of the others. Products and exponentials are compared with plain ones before they are
timed.
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


NOT_OF_THE_WORK = ("do", "clock", "milliseconds", "least")
FLOAT, LONG = ctypes.c_float, ctypes.c_long
HALF_ULP = 2.0**-24
PAGE = 4096


def load():
    folder = os.path.dirname(os.path.abspath(__file__))
    sources = [os.path.join(folder, name) for name in ("native.c", "product.c")]
    with tempfile.TemporaryDirectory() as target:
        library = os.path.join(target, "native.so")
        subprocess.run(["cc", "-O3", "-shared", "-fPIC", "-o", library, *sources, "-lm"], check=True)
        native = ctypes.CDLL(library)
    native.peak128.restype = native.peak256.restype = FLOAT
    native.distance.restype = ctypes.c_double
    native.count_above.restype = LONG
    return native


def filled(native, *lengths):
    """Vectors of numbers in [-1/2, 1/2)."""
    return fill(native, [(FLOAT * n)() for n in lengths])


def filled_apart(native, count, n):
    """The same, each beginning a quarter of a page after the one before: at equal places of their pages they would stand in
    one another's way, which costs a step in one pass a quarter of its time and more."""
    room = -(-4 * n // PAGE) * PAGE + PAGE // 4
    buffer = (ctypes.c_char * (count * room))()
    return fill(native, [(FLOAT * n).from_buffer(buffer, i * room) for i in range(count)])


def fill(native, vectors):
    for state, vector in enumerate(vectors):
        native.fill(vector, LONG(len(vector)), ctypes.c_uint(state))
    return vectors


def often(run):
    """A call of Python's as one that is repeated."""

    def repeat(times):
        for _ in range(times):
            run()

    return repeat


def peak_of(native, work, n):
    loop = getattr(native, work)
    return often(lambda: loop(LONG(n)))


def step_of(native, work, n):
    """Its passes over vectors of their own."""
    step = getattr(native, work)
    theta, delta, candidate, seed = filled_apart(native, 4, n)
    return often(lambda: step(theta, delta, candidate, seed, FLOAT(0.1), LONG(n)))


def product_of(native, m, k, n, kind, count):
    if m % 4 or k % 4 or n % 8:
        raise ValueError(f"product: expected m and k multiples of 4 and n of 8, got {m} x {k} x {n}")
    a, b, c = filled(native, count * m * k, count * k * n, count * m * n)
    shape = LONG(m), LONG(n), LONG(k), kind == "TN", kind == "NT", LONG(count)
    repeat = lambda times: native.product(c, a, b, *shape, LONG(times))
    repeat(1)
    distance = native.distance(c, a, b, *shape)
    if not distance <= 1:
        raise ValueError(f"product: expected the sums of a plain loop, got {distance} times what rounding explains")
    return repeat


def exponentials_of(native, n):
    x, out = filled(native, min(n, 4096), min(n, 4096))
    x[:] = [160 * value for value in x]
    run = lambda: native.exponentials(out, x, LONG(n))
    run()
    for value, power in zip(x, out):
        if not abs(power - math.exp(value)) <= 4 * HALF_ULP * math.exp(value):
            raise ValueError(f"exponentials: expected e^{value} = {math.exp(value)}, got {power}")
    return often(run)


def descend_of(native, n):
    theta, gradient = filled(native, n, n)
    return often(lambda: native.descend(theta, gradient, FLOAT(1e-5), LONG(n)))


def count_above_of(native, n):
    (x,) = filled(native, n)
    run = lambda: native.count_above(x, FLOAT(0.25), LONG(n))
    some = min(n, 4099)
    if native.count_above(x, FLOAT(0.25), LONG(some)) != sum(value > 0.25 for value in x[:some]):
        raise ValueError("count_above: expected the count of a plain loop")
    return often(run)


def work_of(native, work, **about):
    if work in ("peak128", "peak256"):
        return peak_of(native, work, **about)
    if work in ("step", "step_at_once"):
        return step_of(native, work, **about)
    makers = {"product": product_of, "exponentials": exponentials_of, "descend": descend_of, "count_above": count_above_of}
    return makers[work](native, **about)


def measure(repeat, clock, milliseconds, least):
    now = lambda: 1000 * clock()
    repeat(1)
    begin = now()
    repeat(1)
    count = max(1, math.ceil(LEAST_SAMPLE_MS / max(now() - begin, 1e-3)))
    times, end = [], now() + milliseconds
    while len(times) < least or now() < end:
        begin = now()
        repeat(count)
        times.append((now() - begin) / count)
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
            about = {key: value for key, value in request.items() if key not in NOT_OF_THE_WORK}
            key = json.dumps(about, sort_keys=True)
            if key not in works:
                works[key] = work_of(native, **about)
            say({"times": measure(works[key], CLOCKS[request["clock"]], request["milliseconds"], request["least"])})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


main()
