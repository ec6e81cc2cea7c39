"""The AdaFactors that libraries publish, behind the conformance protocol: `published.py LIBRARY` answers `optimize`
and `echo`.

Each library is called as its user calls it. An option that is not given is not handed on, so that the library's own
default decides; one that the library does not have is refused.
"""

import functools
import json
import os
import sys

os.environ['KERAS_BACKEND'] = 'jax'
import numpy as np


class InvalidInput(Exception):
    """The caller's mistake, or an option that the library does not have."""


# What an option has to be where a library does not have it.
ABSENT = {'multiplyByParameterScale': True, 'relativeStep': False, 'momentum': None, 'beta2Cap': None}


def taken(given, **names):
    """What of the options is given, under the library's names; a pair is a name and what to make of the value."""
    known = {'name', 'dialect', 'learningRate', *names}
    for option, value in given.items():
        if option not in known and not (option in ABSENT and value == ABSENT[option]):
            raise InvalidInput(f'expected one of {", ".join(sorted(known))}, got {option}')
    arguments = {}
    for option, name in names.items():
        if option not in given or name is None:
            continue
        name, convert = name if isinstance(name, tuple) else (name, lambda value: value)
        arguments[name] = convert(given[option])
    return arguments


def negative(rate):
    # mlx has the step as an integer, and its power with an int is taken modulo 2⁶⁴.
    return -float(rate)


def or_zero(value):
    return 0.0 if value is None else value


def epsilons(given, first, second):
    return (given.get('epsilon1', first), given.get('epsilon2', second))


# ---- On torch: the optimizer writes into its parameter ------------------------------------------------------------
class OnTorch:
    def __init__(self, create, given, parameters, shape):
        import torch

        self.torch, self.shape = torch, shape
        self.parameter = torch.tensor(parameters, dtype=torch.float32).reshape(shape).requires_grad_()
        self.optimizer = create(self.parameter, given)

    def step(self, gradient):
        self.parameter.grad = self.torch.tensor(gradient, dtype=self.torch.float32).reshape(self.shape)
        before = self.parameter.detach().clone()
        self.optimizer.step()
        return (self.parameter.detach() - before).flatten().tolist()


def torch_optim(parameter, given):
    from torch.optim import Adafactor

    options = taken(
        given,
        decayRate=('beta2_decay', negative),
        clippingThreshold='d',
        weightDecay=('weight_decay', or_zero),
        epsilon1=None,
        epsilon2=None,
    )
    return Adafactor([parameter], lr=given['learningRate'], eps=epsilons(given, None, 1e-3), **options)


def transformers(parameter, given):
    from transformers.optimization import Adafactor

    options = taken(
        given,
        decayRate=('decay_rate', negative),
        clippingThreshold='clip_threshold',
        multiplyByParameterScale='scale_parameter',
        relativeStep=None,
        momentum='beta1',
        weightDecay=('weight_decay', or_zero),
        epsilon1=None,
        epsilon2=None,
    )
    relative = given.get('relativeStep', False)
    # It raises if it is given a rate and relative_step is on, which is its default.
    rate = None if relative else given['learningRate']
    return Adafactor([parameter], lr=rate, relative_step=relative, eps=epsilons(given, 1e-30, 1e-3), **options)


def timm(parameter, given):
    from timm.optim import Adafactor

    options = taken(
        given,
        decayRate=('decay_rate', negative),
        epsilon1='eps',
        epsilon2='eps_scale',
        clippingThreshold='clip_threshold',
        multiplyByParameterScale='scale_parameter',
        # A dimension has to be larger than it.
        minDimSizeToFactor=('min_dim_size_to_factor', lambda size: size - 1),
        momentum=('betas', lambda beta: None if beta is None else (beta, 0.999)),
        weightDecay=('weight_decay', or_zero),
        relativeStep=None,
    )
    return Adafactor([parameter], lr=None if given.get('relativeStep', False) else given['learningRate'], **options)


def big_vision(parameter, given):
    from timm.optim import AdafactorBigVision

    options = taken(
        given,
        decayRate='decay_rate',
        beta2Cap='beta2_cap',
        epsilon1='eps',
        clippingThreshold='clipping_threshold',
        minDimSizeToFactor='min_dim_size_to_factor',
        momentum='momentum',
        weightDecay=('weight_decay', or_zero),
        # It never scales by the parameters.
        multiplyByParameterScale=None,
        epsilon2=None,
    )
    return AdafactorBigVision([parameter], lr=given['learningRate'], **options)


def pytorch_optimizer(parameter, given):
    from pytorch_optimizer import AdaFactor

    options = taken(
        given,
        decayRate=('decay_rate', negative),
        epsilon1='eps1',
        epsilon2='eps2',
        clippingThreshold='clip_threshold',
        multiplyByParameterScale='scale_parameter',
        relativeStep='relative_step',
        weightDecay=('weight_decay', or_zero),
        momentum=None,
        beta2Cap=None,
    )
    if 'momentum' in given or 'beta2Cap' in given:
        options['betas'] = (given.get('momentum', 0.9), given.get('beta2Cap', 0.999))
    return AdaFactor([parameter], lr=given['learningRate'], **options)


# ---- On other arrays ----------------------------------------------------------------------------------------------
def optax_rule(rate, given):
    """optax.adafactor; it has no argument for ε₂, so that with one its chain is made from the parts that it is made of."""
    import optax

    if 'epsilon2' not in given:
        options = taken(
            given,
            decayRate='decay_rate',
            epsilon1='eps',
            clippingThreshold='clipping_threshold',
            minDimSizeToFactor='min_dim_size_to_factor',
            multiplyByParameterScale='multiply_by_parameter_scale',
            momentum='momentum',
            weightDecay='weight_decay_rate',
        )
        return optax.adafactor(learning_rate=rate, **options)

    factored = taken(
        given,
        decayRate='decay_rate',
        epsilon1='epsilon',
        minDimSizeToFactor='min_dim_size_to_factor',
        **dict.fromkeys(('epsilon2', 'clippingThreshold', 'multiplyByParameterScale', 'momentum', 'weightDecay')),
    )
    parts = [optax.scale_by_factored_rms(**factored)]
    if given.get('clippingThreshold', 1.0) is not None:
        parts.append(optax.clip_by_block_rms(given.get('clippingThreshold', 1.0)))
    parts.append(optax.scale_by_learning_rate(rate, flip_sign=False))
    if given.get('multiplyByParameterScale', True):
        parts.append(optax.scale_by_param_block_rms(min_scale=given['epsilon2']))
    if given.get('momentum') is not None:
        parts.append(optax.ema(given['momentum'], debias=False))
    if given.get('weightDecay') is not None:
        parts.append(optax.add_decayed_weights(given['weightDecay']))
    return optax.chain(*parts, optax.scale(-1))


@functools.lru_cache(maxsize=None)
def compiled(options):
    """optax's rule of the options, as JSON has them, and its update as JAX compiles it, once for each shape."""
    import jax

    given = json.loads(options)
    rule = optax_rule(given['learningRate'], given)
    return rule, jax.jit(rule.update)


class Optax:
    def __init__(self, given, parameters, shape):
        import jax.numpy as jnp

        self.parameters = jnp.array(parameters, jnp.float32).reshape(shape)
        rule, self.update = compiled(json.dumps(given))
        self.state = rule.init(self.parameters)

    def step(self, gradient):
        import optax

        gradient = np.array(gradient, np.float32).reshape(self.parameters.shape)
        update, self.state = self.update(gradient, self.state, self.parameters)
        self.parameters = optax.apply_updates(self.parameters, update)
        return np.asarray(update).flatten().tolist()


class Keras:
    def __init__(self, given, parameters, shape):
        import keras

        options = taken(
            given,
            decayRate=('beta_2_decay', negative),
            epsilon1='epsilon_1',
            epsilon2='epsilon_2',
            clippingThreshold='clip_threshold',
            weightDecay='weight_decay',
        )
        self.variable = keras.Variable(np.array(parameters, np.float32).reshape(shape))
        self.optimizer = keras.optimizers.Adafactor(learning_rate=float(given['learningRate']), **options)

    def step(self, gradient):
        before = np.array(self.variable.value)
        self.optimizer.apply([np.array(gradient, np.float32).reshape(before.shape)], [self.variable])
        return (np.array(self.variable.value) - before).flatten().tolist()


class Mlx:
    def __init__(self, given, parameters, shape):
        import mlx.core as mx
        import mlx.optimizers

        options = taken(
            given,
            decayRate=('decay_rate', negative),
            clippingThreshold='clip_threshold',
            multiplyByParameterScale='scale_parameter',
            relativeStep='relative_step',
            momentum='beta_1',
            weightDecay=('weight_decay', or_zero),
            epsilon1=None,
            epsilon2=None,
        )
        self.array = mx.array
        self.parameters = mx.array(np.array(parameters, np.float32).reshape(shape))
        self.optimizer = mlx.optimizers.Adafactor(
            learning_rate=given['learningRate'], eps=epsilons(given, 1e-30, 1e-3), **options
        )

    def step(self, gradient):
        gradient = self.array(np.array(gradient, np.float32).reshape(self.parameters.shape))
        before = np.array(self.parameters)
        self.parameters = self.optimizer.apply_gradients({'p': gradient}, {'p': self.parameters})['p']
        return (np.array(self.parameters) - before).flatten().tolist()


def on_torch(create):
    return lambda given, parameters, shape: OnTorch(create, given, parameters, shape)


# By library: the dialect that it is claimed to be, the package of its version, and how it is made.
LIBRARIES = {
    'optax': ('optax', 'optax', Optax),
    'keras': ('keras', 'keras', Keras),
    'mlx': ('mlx', 'mlx', Mlx),
    'torch': ('torch', 'torch', on_torch(torch_optim)),
    'transformers': ('huggingface', 'transformers', on_torch(transformers)),
    'timm': ('timm', 'timm', on_torch(timm)),
    'timm-big-vision': ('big-vision', 'timm', on_torch(big_vision)),
    'pytorch_optimizer': ('pytorch-optimizer', 'pytorch_optimizer', on_torch(pytorch_optimizer)),
}


# ---- The conversation: a line in, a line out ----------------------------------------------------------------------
def numbers(values, length, what):
    if len(values) != length:
        raise InvalidInput(f'{what}: expected {length} numbers, got {len(values)}')
    values = np.array([float(value) for value in values])
    if not np.all(np.isfinite(values)):
        raise InvalidInput(f'{what}: expected finite numbers')
    return values.tolist()


def optimize(dialect, create, given):
    optimizer, shape = given['optimizer'], given['shape']
    if optimizer['name'] != 'adafactor' or optimizer.get('dialect') != dialect:
        raise InvalidInput(f'expected adafactor of the dialect {dialect}, got {optimizer}')
    size = int(np.prod(shape))
    rule = create(optimizer, numbers(given['parameters'], size, 'parameters'), shape)
    gradients = [numbers(gradient, size, f'gradients[{t}]') for t, gradient in enumerate(given['gradients'])]
    return [rule.step(gradient) for gradient in gradients]


def plain(x):
    return x if np.isfinite(x) else 'NaN' if np.isnan(x) else 'Infinity' if x > 0 else '-Infinity'


def answer(library, request):
    dialect, package, create = LIBRARIES[library]
    if request['cmd'] == 'start':
        from importlib.metadata import version

        return {
            'version': request['version'],
            'implementation': {
                'name': library,
                'version': version(package),
                'language': 'Python',
                'dtype': 'float32',
            },
            'ops': ['optimize', 'echo'],
            'distances': [],
            'thresholds': [],
            'silos': [],
            'optimizers': ['adafactor'],
            'dialects': [dialect],
            'flushesDenormals': library in ('optax', 'keras'),
        }
    if request['op'] == 'echo':
        return {'output': {'numbers': [plain(float(np.float32(x))) for x in request['input']['numbers']]}}
    if request['op'] != 'optimize':
        return {'skip': 'it is an optimizer and no more'}
    try:
        updates = optimize(dialect, create, request['input'])
        return {'output': {'updates': [[plain(x) for x in update] for update in updates]}}
    except InvalidInput as error:
        return {'error': {'kind': 'invalid-input', 'message': str(error)}}
    except Exception as error:
        return {'error': {'kind': 'internal', 'message': repr(error)}}


for line in sys.stdin:
    request = json.loads(line, parse_int=lambda digits: -0.0 if digits == '-0' else int(digits))
    if request['cmd'] == 'stop':
        break
    print(json.dumps({'seq': request['seq'], **answer(sys.argv[1], request)}), flush=True)
