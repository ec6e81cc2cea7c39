"""T5 1.1 of src/nn/t5 in PyTorch, imported by torch_peer.py: RMSNorm, relative positions shared per stack, scores that
are not divided, gated GELU. What the layers of a stack share, the bias with the mask, is computed once a step.
"""

import math

import torch
import torch.nn.functional as F


def relative_buckets(queries, keys, bidirectional, buckets, maximum):
    """The bucket of each query and key: as in src/nn/relativePositions.ts."""

    def bucket(offset):
        of_direction = buckets // 2 if bidirectional else buckets
        exact = of_direction // 2
        first = of_direction if bidirectional and offset > 0 else 0
        distance = abs(offset) if bidirectional else max(0, -offset)
        if distance < exact:
            return first + distance
        share = math.log(distance / exact) / math.log(maximum / exact)
        return first + min(of_direction - 1, exact + math.floor(share * (of_direction - exact)))

    return torch.tensor([[bucket(key - query) for key in range(keys)] for query in range(queries)])


class T5:
    def __init__(self, config, tensors):
        self.config, self.epsilon = config, config["normEpsilon"]
        sources, inputs, targets = (tensors.pop(f"batch/{name}").long() for name in ("sources", "inputs", "targets"))
        self.sources, self.inputs, self.targets = sources, inputs, targets
        self.w = {name: tensor.requires_grad_(True) for name, tensor in tensors.items()}
        shape = config["relativeBuckets"], config["relativeMaximumDistance"]
        source, target = sources.shape[1], inputs.shape[1]
        self.buckets = {
            "encoder": relative_buckets(source, source, True, *shape),
            "decoder": relative_buckets(target, target, False, *shape),
        }
        self.mask = torch.triu(torch.full((target, target), float("-inf")), diagonal=1)

    def norm(self, x, name):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.w[name]

    def bias(self, stack):
        return F.embedding(self.buckets[stack], self.w[f"{stack}/relative_bias"]).permute(2, 0, 1)

    def attention(self, path, x, source, bias):
        heads = self.config["heads"]

        def split(name, y):
            return F.linear(y, self.w[f"{path}/{name}"]).view(y.shape[0], y.shape[1], heads, -1).transpose(1, 2)

        scores = split("query", x) @ split("key", source).transpose(2, 3)
        weights = (scores if bias is None else scores + bias).softmax(-1)
        mixed = (weights @ split("value", source)).transpose(1, 2).flatten(2)
        return F.linear(mixed, self.w[f"{path}/output"])

    def feed_forward(self, path, x):
        gate = F.gelu(F.linear(x, self.w[f"{path}/gate"]), approximate="tanh")
        return F.linear(gate * F.linear(x, self.w[f"{path}/up"]), self.w[f"{path}/output"])

    def stack(self, name, tokens, bias, encoded=None):
        x = F.embedding(tokens, self.w["embedding/token"])
        for i in range(self.config[f"{name}Layers"]):
            path = f"{name}/layers/{i}"
            normed = self.norm(x, f"{path}/attention_norm/scale")
            x = x + self.attention(f"{path}/attention", normed, normed, bias)
            if encoded is not None:
                normed = self.norm(x, f"{path}/cross_attention_norm/scale")
                x = x + self.attention(f"{path}/cross_attention", normed, encoded, None)
            x = x + self.feed_forward(f"{path}/feed_forward", self.norm(x, f"{path}/feed_forward_norm/scale"))
        return self.norm(x, f"{name}/final_norm/scale")

    def loss(self):
        encoded = self.stack("encoder", self.sources, self.bias("encoder"))
        decoded = self.stack("decoder", self.inputs, self.bias("decoder") + self.mask, encoded)
        logits = F.linear(decoded, self.w["unembedding"])
        return F.cross_entropy(logits.flatten(0, 1), self.targets.flatten())
