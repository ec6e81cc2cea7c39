"""PyTorch as a peer: the decoder and the T5 (torch_t5.py) of src/nn on the same weights, and matrix products.
protocol.mjs says what it answers.

The environment sets the threads before anything is imported: OMP_NUM_THREADS for PyTorch's own loops,
OPENBLAS_NUM_THREADS for its matrix products.
"""

import ctypes
import json
import math
import os
import sys
import time


def choose_kernels():
    """An OpenBLAS older than the processor takes its oldest kernels, which would be no yardstick: then the widest that
    the processor has are asked for, and the process begins again. OPENBLAS_CORETYPE, where it is set, is left alone."""
    try:
        library = ctypes.CDLL("libopenblas.so.0")
        library.openblas_get_corename.restype = ctypes.c_char_p
        core = library.openblas_get_corename().decode()
        with open("/proc/cpuinfo", encoding="ascii") as file:
            flags = next(line for line in file if line.startswith("flags")).split()
    except (OSError, AttributeError, StopIteration):
        return None
    fitting = "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else core
    if core in ("Prescott", "Nehalem", "Generic") and fitting != core and "OPENBLAS_CORETYPE" not in os.environ:
        os.environ["OPENBLAS_CORETYPE"] = fitting
        os.execv(sys.executable, [sys.executable, *sys.argv])
    return core


CORE = choose_kernels()

import numpy as np
import torch
import torch.nn.functional as F

from torch_t5 import T5

LEAST_SAMPLE_MS = 1


def read_model(path):
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    config = json.loads(header.pop("__metadata__")["config"])
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        dtype = np.int32 if entry["dtype"] == "I32" else np.float32
        tensors[name] = torch.from_numpy(np.frombuffer(data[begin:end], dtype).copy().reshape(entry["shape"]))
    return config, tensors


class Decoder:
    """RMSNorm, rotary positions, gated GELU, tied embedding: as in src/nn/decoder.ts."""

    def __init__(self, config, tensors):
        self.heads, self.layers, self.epsilon = config["heads"], config["layers"], config["normEpsilon"]
        self.tokens, self.targets = tensors.pop("batch/tokens").long(), tensors.pop("batch/targets").long()
        self.w = {name: tensor.requires_grad_(True) for name, tensor in tensors.items()}
        self.size = config["modelSize"]
        length, half = self.tokens.shape[1], self.size // self.heads // 2
        frequencies = config["ropeBase"] ** (-torch.arange(half, dtype=torch.float64) / half)
        angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies
        self.cosine, self.sine = torch.cos(angles).float(), torch.sin(angles).float()
        self.mask = torch.triu(torch.full((length, length), float("-inf")), diagonal=1)

    def norm(self, x, name):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.w[name]

    def rotate(self, x):
        first, second = x.chunk(2, dim=-1)
        return torch.cat(
            [first * self.cosine - second * self.sine, second * self.cosine + first * self.sine], dim=-1
        )

    def attention(self, path, x):
        rows, length, size = x.shape
        split = lambda name: F.linear(x, self.w[f"{path}/{name}"]).view(rows, length, self.heads, -1).transpose(1, 2)
        query, key, value = self.rotate(split("query")), self.rotate(split("key")), split("value")
        scores = (query / math.sqrt(size // self.heads)) @ key.transpose(2, 3) + self.mask
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(rows, length, size)
        return F.linear(mixed, self.w[f"{path}/output"])

    def feed_forward(self, path, x):
        gate = F.gelu(F.linear(x, self.w[f"{path}/gate"]), approximate="tanh")
        return F.linear(gate * F.linear(x, self.w[f"{path}/up"]), self.w[f"{path}/output"])

    def loss(self):
        embedding = self.w["embedding/token"]
        x = F.embedding(self.tokens, embedding) * math.sqrt(self.size)
        for i in range(self.layers):
            path = f"layers/{i}"
            x = x + self.attention(f"{path}/attention", self.norm(x, f"{path}/attention_norm/scale"))
            x = x + self.feed_forward(f"{path}/feed_forward", self.norm(x, f"{path}/feed_forward_norm/scale"))
        logits = F.linear(self.norm(x, "final_norm/scale"), embedding)
        return F.cross_entropy(logits.flatten(0, 1), self.targets.flatten())


def prepare_step(request, Model):
    model = Model(*read_model(request["file"]))
    with torch.no_grad():
        first = model.loss().item()
    optimizer = torch.optim.Adam(list(model.w.values()), lr=1e-4, foreach=True)

    def run():
        optimizer.zero_grad(set_to_none=False)
        model.loss().backward()
        optimizer.step()

    return run, {"loss": first}


def prepare_matmul(request):
    m, k, n, kind, count = (request[name] for name in ("m", "k", "n", "kind", "count"))
    values = lambda rows, columns: torch.rand(count, rows, columns) - 0.5
    a = values(k, m).transpose(1, 2) if kind == "TN" else values(m, k)
    b = values(n, k).transpose(1, 2) if kind == "NT" else values(k, n)
    out = torch.empty(count, m, n)
    if count == 1:
        a, b, out = a[0], b[0], out[0]
    return (lambda: torch.matmul(a, b, out=out)), {}


class Work:
    """What was prepared. Its first round finds how many calls a sample has."""

    def __init__(self, run):
        self.run, self.repeat = run, None

    def round(self, milliseconds, least):
        clock = lambda: 1000 * time.perf_counter()
        times, end = [], clock() + milliseconds
        if self.repeat is None:
            self.run()
            times.append(self.sample(clock, 1))
            self.repeat = max(1, math.ceil(LEAST_SAMPLE_MS / times[0]))
        while len(times) < least or clock() < end:
            times.append(self.sample(clock, self.repeat))
        return times

    def sample(self, clock, repeat):
        begin = clock()
        for _ in range(repeat):
            self.run()
        return (clock() - begin) / repeat


def describe_blas():
    with open("/proc/self/maps", encoding="utf8") as file:
        loaded = file.read()
    if "libmkl" in loaded:
        return "MKL"
    if "openblas" in loaded:
        return f"OpenBLAS with {CORE} kernels"
    return "no optimised BLAS (Debian: libopenblas0-pthread)"


def main():
    say = lambda answer: print(json.dumps(answer), flush=True)
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    torch.manual_seed(1)
    python = ".".join(map(str, sys.version_info[:3]))
    say({"version": torch.__version__, "runtime": f"Python {python}", "note": describe_blas()})
    prepare = {
        "step": lambda request: prepare_step(request, Decoder),
        "t5step": lambda request: prepare_step(request, T5),
        "matmul": prepare_matmul,
    }
    work = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["do"] == "round":
                say({"times": work.round(request["milliseconds"], request["least"])})
            else:
                work = None  # its memory goes first
                run, answer = prepare[request["do"]](request)
                work = Work(run)
                say({"ok": True, **answer})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


main()
