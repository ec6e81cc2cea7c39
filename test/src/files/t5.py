"""T5 1.1's logits from a folder as Hugging Face keeps it, in NumPy and float64: an implementation that shares no line
with ours. It reads one JSON object, {"folder", "source", "inputs"}, and writes the logits as a list of lists."""
import json, math, os, sys
import numpy as np


def tensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    kinds = {"F32": "<f4", "F16": "<f2"}
    found = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        if entry["dtype"] == "BF16":  # the upper half of a float32
            bits = np.frombuffer(data[begin:end], "<u2").astype("<u4") << 16
            values = bits.view("<f4")
        else:
            values = np.frombuffer(data[begin:end], kinds[entry["dtype"]])
        found[name] = values.astype(np.float64).reshape(entry["shape"])
    return found


def rms_norm(x, weight, epsilon):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def gelu_new(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def bucket(relative, bidirectional, count, maximum):
    result = 0
    if bidirectional:
        count //= 2
        result = count if relative > 0 else 0
        relative = abs(relative)
    else:
        relative = max(-relative, 0)
    exact = count // 2
    if relative < exact:
        return result + relative
    large = exact + int(math.log(relative / exact) / math.log(maximum / exact) * (count - exact))
    return result + min(large, count - 1)


def attention(w, path, x, source, heads, bias, mask):
    def split(y):
        return y.reshape(y.shape[0], heads, -1).transpose(1, 0, 2)

    q, k, v = (split(y @ w[f"{path}.{name}.weight"].T) for name, y in (("q", x), ("k", source), ("v", source)))
    scores = q @ k.transpose(0, 2, 1) + bias + mask
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
    return mixed.transpose(1, 0, 2).reshape(x.shape[0], -1) @ w[f"{path}.o.weight"].T


def stack(w, name, config, tokens, encoded):
    n, epsilon, heads = len(tokens), config["layer_norm_epsilon"], config["num_heads"]
    decoder = encoded is not None
    table = w[f"{name}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
    count, maximum = config["relative_attention_num_buckets"], config["relative_attention_max_distance"]
    buckets = [[bucket(key - query, not decoder, count, maximum) for key in range(n)] for query in range(n)]
    bias = table[np.array(buckets)].transpose(2, 0, 1)
    mask = np.triu(np.full((n, n), -np.inf), 1) if decoder else np.zeros((n, n))
    x = w["shared.weight"][tokens]
    for i in range(config["num_decoder_layers"] if decoder else config["num_layers"]):
        path = f"{name}.block.{i}.layer"
        y = rms_norm(x, w[f"{path}.0.layer_norm.weight"], epsilon)
        x = x + attention(w, f"{path}.0.SelfAttention", y, y, heads, bias, mask)
        last = 1
        if decoder:
            y = rms_norm(x, w[f"{path}.1.layer_norm.weight"], epsilon)
            x = x + attention(w, f"{path}.1.EncDecAttention", y, encoded, heads, 0, 0)
            last = 2
        y = rms_norm(x, w[f"{path}.{last}.layer_norm.weight"], epsilon)
        dense = f"{path}.{last}.DenseReluDense"
        hidden = gelu_new(y @ w[f"{dense}.wi_0.weight"].T) * (y @ w[f"{dense}.wi_1.weight"].T)
        x = x + hidden @ w[f"{dense}.wo.weight"].T
    return rms_norm(x, w[f"{name}.final_layer_norm.weight"], epsilon)


request = json.load(sys.stdin)
with open(os.path.join(request["folder"], "config.json")) as file:
    config = json.load(file)
w = tensors(os.path.join(request["folder"], "model.safetensors"))
encoded = stack(w, "encoder", config, request["source"], None)
x = stack(w, "decoder", config, request["inputs"], encoded)
if config["tie_word_embeddings"]:
    x = x * config["d_model"] ** -0.5
json.dump((x @ w["shared.weight" if config["tie_word_embeddings"] else "lm_head.weight"].T).tolist(), sys.stdout)
