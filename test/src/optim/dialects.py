"""Published AdaFactors, restated in NumPy in their own order of operations, float64.

Reads one JSON object a line on stdin: {dialect, parameters, shape, gradients, learningRate, weightDecay?, momentum?,
minDimSizeToFactor?, multiplyByParameterScale?}; answers {updates, torch?}: one list a step; `torch` is what
torch.optim.Adafactor itself makes of it, where torch has it.
"""

import json
import sys

import numpy as np

EPSILON = float(np.finfo(np.float32).eps)


def rms(x):
    return np.sqrt(np.mean(np.square(x)))


def t5x(p, g, s, t, o):
    """t5x/adafactor.py and, chained, optax/_src/alias.py."""
    decay = 1.0 - float(t) ** -0.8
    mixing = 1.0 - decay
    squares = g * g + 1e-30
    dims = np.argsort(g.shape, kind='stable')
    if g.ndim >= 2 and g.shape[dims[-2]] >= o.get('minDimSizeToFactor', 128):
        d1, d0 = int(dims[-2]), int(dims[-1])
        s['row'] = decay * s.get('row', 0.0) + mixing * squares.mean(axis=d0)
        s['col'] = decay * s.get('col', 0.0) + mixing * squares.mean(axis=d1)
        reduced = d1 - 1 if d1 > d0 else d1
        row = (s['row'] / s['row'].mean(axis=reduced, keepdims=True)) ** -0.5
        y = g * np.expand_dims(row, d0) * np.expand_dims(s['col'] ** -0.5, d1)
    else:
        s['v'] = decay * s.get('v', 0.0) + mixing * squares
        y = g * s['v'] ** -0.5
    y = y / max(1.0, rms(y) / 1.0)
    scale = o['learningRate']
    if o.get('multiplyByParameterScale', True):
        scale = scale * max(rms(p), 1e-3)
    step = scale * y
    if o.get('momentum'):
        s['m'] = o['momentum'] * s.get('m', 0.0) + (1.0 - o['momentum']) * step
        step = s['m']
    return (1.0 - o.get('weightDecay', 0.0)) * p - step


def praxis(p, g, s, t, o):
    """praxis/optimizers.py, _ShardedAdafactorHelper, decay_method 'pow'."""
    decay = 1.0 - float(t) ** -0.8
    squares = np.square(g) + 1e-30
    scale = o['learningRate']
    if o.get('multiplyByParameterScale', False):
        scale = scale * max(rms(p), 1e-3)
    if g.ndim >= 2:
        s['row'] = decay * s.get('row', 0.0) + (1.0 - decay) * squares.mean(axis=-1)
        s['col'] = decay * s.get('col', 0.0) + (1.0 - decay) * squares.mean(axis=-2)
        long_term = s['row'].mean(axis=-1, keepdims=True)
        x = g * (1.0 / np.sqrt(s['row'] / long_term))[..., None] * (1.0 / np.sqrt(s['col']))[..., None, :]
    else:
        s['v'] = decay * s.get('v', 0.0) + (1.0 - decay) * squares
        x = g / np.sqrt(s['v'])
    x = x / max(1.0, rms(x))
    subtrahend = scale * x
    if o.get('momentum'):
        s['m'] = o['momentum'] * s.get('m', 0.0) + (1.0 - o['momentum']) * subtrahend
        subtrahend = s['m']
    subtrahend = subtrahend + o.get('weightDecay', 0.0) * o['learningRate'] * p
    return p - subtrahend


def huggingface(p, g, s, t, o):
    """transformers/optimization.py, Adafactor, relative_step=False; fairseq/optim/adafactor.py."""
    lr = o['learningRate']
    if o.get('multiplyByParameterScale', True):
        lr = max(1e-3, np.linalg.norm(p) / p.size**0.5) * lr
    beta2t = 1.0 - t**-0.8
    update = g**2 + 1e-30
    if g.ndim >= 2:
        s['row'] = beta2t * s.get('row', 0.0) + (1.0 - beta2t) * update.mean(axis=-1)
        s['col'] = beta2t * s.get('col', 0.0) + (1.0 - beta2t) * update.mean(axis=-2)
        r = 1.0 / np.sqrt(s['row'] / s['row'].mean(axis=-1, keepdims=True))
        update = r[..., None] * (1.0 / np.sqrt(s['col']))[..., None, :] * g
    else:
        s['v'] = beta2t * s.get('v', 0.0) + (1.0 - beta2t) * update
        update = 1.0 / np.sqrt(s['v']) * g
    update = update / max(1.0, np.linalg.norm(update) / update.size**0.5)
    update = update * lr
    if o.get('momentum'):
        s['m'] = o['momentum'] * s.get('m', 0.0) + (1.0 - o['momentum']) * update
        update = s['m']
    p = p - o.get('weightDecay', 0.0) * lr * p
    return p - update


def torch(p, g, s, t, o):
    """torch/optim/_adafactor.py, _single_tensor_adafactor."""
    lr = o['learningRate']
    one_minus_beta2 = t**-0.8
    rho = min(lr, 1 / t**0.5)
    alpha = max(1e-3, np.linalg.norm(p) / p.size**0.5) * rho
    p = p * (1 - lr * o.get('weightDecay', 0.0))
    if g.ndim > 1:
        row = np.linalg.norm(g, axis=-1, keepdims=True) ** 2 / g.shape[-1]
        col = np.linalg.norm(g, axis=-2, keepdims=True) ** 2 / g.shape[-2]
        s['row'] = s.get('row', 0.0) + one_minus_beta2 * (row - s.get('row', 0.0))
        s['col'] = s.get('col', 0.0) + one_minus_beta2 * (col - s.get('col', 0.0))
        v = s['row'] @ s['col'] / np.maximum(s['row'].mean(axis=-2, keepdims=True), EPSILON)
    else:
        s['v'] = s.get('v', 0.0) + one_minus_beta2 * (g * g - s.get('v', 0.0))
        v = s['v']
    update = 1.0 / np.sqrt(np.maximum(v, EPSILON * EPSILON)) * g
    denominator = max(1.0, np.linalg.norm(update) / update.size**0.5)
    return p - alpha / denominator * update


PROGRAMS = {'t5x': t5x, 'optax': t5x, 'praxis': praxis, 'huggingface': huggingface, 'torch': torch}


def by_torch(o):
    try:
        import torch as pytorch
    except ImportError:
        return None
    if not hasattr(pytorch.optim, 'Adafactor'):
        return None
    p = pytorch.tensor(o['parameters'], dtype=pytorch.float32).reshape(o['shape']).requires_grad_()
    optimizer = pytorch.optim.Adafactor([p], lr=o['learningRate'], weight_decay=o.get('weightDecay', 0.0))
    updates = []
    for gradient in o['gradients']:
        before = p.detach().clone()
        p.grad = pytorch.tensor(gradient, dtype=pytorch.float32).reshape(o['shape'])
        optimizer.step()
        updates.append((p.detach() - before).flatten().tolist())
    return updates


for line in sys.stdin:
    o = json.loads(line)
    p, state, updates = np.array(o['parameters'], dtype=np.float64).reshape(o['shape']), {}, []
    for t, gradient in enumerate(o['gradients'], 1):
        after = PROGRAMS[o['dialect']](p, np.array(gradient, dtype=np.float64).reshape(o['shape']), state, t, o)
        updates.append((after - p).flatten().tolist())
        p = after
    answer = {'updates': updates}
    if o['dialect'] == 'torch':
        own = by_torch(o)
        if own is not None:
            answer['torch'] = own
    print(json.dumps(answer), flush=True)
