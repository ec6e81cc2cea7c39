"""What transformers makes of T5 folders. Reads {"make": FOLDER or null, "config", "ask": [FOLDER], "pairs": [[source, target]],
"texts": [TEXT]}; makes a random model where it is asked to, and writes for each folder its loss on the pairs (as one batch, token
ids without padding), the tokens of the texts, or why transformers refuses it."""
import json, os, sys

import torch
import transformers
from safetensors.torch import load_file

transformers.logging.set_verbosity_error()
torch.set_num_threads(1)
request = json.load(sys.stdin)


def make(folder, config):
    torch.manual_seed(15)
    model = transformers.T5ForConditionalGeneration(transformers.T5Config(**config))
    with torch.no_grad():
        for name, weights in model.named_parameters():
            noise = torch.randn_like(weights)
            weights.copy_(1 + 0.1 * noise if "norm" in name else noise if "shared" in name else 0.3 * noise)
    model.save_pretrained(folder)
    half = model.to(torch.bfloat16)
    half.save_pretrained(folder + "-bf16")
    half.save_pretrained(folder + "-sharded", max_shard_size="8KB")


def loss(folder):
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32).eval()

    def padded(rows, value):
        longest = max(map(len, rows))
        return torch.tensor([row + [value] * (longest - len(row)) for row in rows])

    sources, targets = zip(*request["pairs"])
    batch = {
        "input_ids": padded(sources, 0),
        "attention_mask": padded([[1] * len(row) for row in sources], 0),
        "labels": padded(targets, -100),
    }
    with torch.no_grad():
        return model(**batch).loss.item()


def answer(folder):
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        tokens = [tokenizer(text)["input_ids"] for text in request["texts"]]
        return {"loss": loss(folder), "tokens": tokens}
    except Exception as error:
        return {"refused": str(error)}


if request["make"] is not None:
    make(request["make"], request["config"])
json.dump([answer(folder) for folder in request["ask"]], sys.stdout)
