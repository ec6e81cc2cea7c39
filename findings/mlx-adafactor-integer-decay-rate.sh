#!/usr/bin/env bash
# mlx 0.32.4: Adafactor with a decay rate that is written as an integer.
#
# `decay_rate` is the exponent of β₂ = 1 − t^decay_rate, "coefficient for the running average of the squared gradient"; −1 is the plain mean
# of all squares so far. Here the gradients of a vector are 1, then 4 and 4.
#
# Expected: decay_rate=-1 and decay_rate=-1.0 are the same number and give the same updates.
# Seen:     `step` is an unsigned integer array, and its power with a Python int is one of integers modulo 2^64: 2^-1 is 0, so that the second
#           moment stays that of the first gradient; 3^-1 is 1.2e19, and the second moment is 1.8e20 after gradients of 4. Updates are then
#           nearly 0. There is no error and no warning. With -1.0 the second moment is the mean of the squares.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mlx==0.32.4 mlx-cpu==0.32.4
"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import mlx.core as mx
import mlx.optimizers


def second_moments(decay_rate):
    optimizer = mlx.optimizers.Adafactor(
        learning_rate=0.01, relative_step=False, scale_parameter=False, decay_rate=decay_rate
    )
    parameters = {'p': mx.zeros((3,))}
    moments = []
    for size in (1.0, 4.0, 4.0):
        parameters = optimizer.apply_gradients({'p': mx.full((3,), size)}, parameters)
        moments.append(optimizer.state['p']['exp_avg_sq'][0].item())
    return moments


print(f'mlx {version("mlx")}; squares of the gradients: 1, 16, 16; the mean of all so far: 1, 8.5, 11')
with_int, with_float = second_moments(-1), second_moments(-1.0)
print(f'  decay_rate=-1:   v = {with_int}')
print(f'  decay_rate=-1.0: v = {with_float}')
if [round(v, 4) for v in with_float] != [1.0, 8.5, 11.0]:
    sys.exit('changed: -1.0 is no longer the mean of all squares')
if with_int == with_float:
    sys.exit('changed: an integer decay rate means what it says')
PYTHON
