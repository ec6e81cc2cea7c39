#!/usr/bin/env bash
# A T5's config.json that any JSON tool has passed through is refused by transformers 5, for a field that no computation reads.
#
# transformers 5.24.0, huggingface-hub as it brings it, torch 2.6.0.
# Expected: JSON knows one kind of number. `"initializer_factor": 1.0` and `"initializer_factor": 1` are the same document to
#   JavaScript, jq, Go, PostgreSQL's jsonb and most others, and a T5Config takes either, as transformers 4 does.
# Seen: transformers 5 declares the field `float` under @strict, and huggingface_hub's check takes no int for a float. AutoConfig raises
#   "Field 'initializer_factor' expected float, got int (value: 1)", so that the model cannot be loaded at all. Beside it
#   `dropout_rate: 0` and `classifier_dropout: 0`, declared `float | int`, pass; the file's own `dropout_rate: 0.1` survives any tool.
#   The default, 1.0, is what every T5 saved by transformers has in its config.json, so that nearly every one of them breaks once a tool
#   that has no 1.0 rewrites it. The field only matters for weights that are drawn anew.
# Exits non-zero where this is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check transformers==5.24.0
cat > "$work/show.py" <<'PY'
import json, os, sys
import transformers
from transformers import AutoConfig, T5Config

folder = sys.argv[1]
print("transformers", transformers.__version__)
T5Config().save_pretrained(folder)
path = os.path.join(folder, "config.json")
written = open(path).read()
assert '"initializer_factor": 1.0' in written, written
AutoConfig.from_pretrained(folder)
print("as written, 1.0: read")


def rewritten(field):
    config = json.loads(written)
    config[field] = int(config[field])
    with open(path, "w") as file:
        json.dump(config, file)
    try:
        AutoConfig.from_pretrained(folder)
        return "read"
    except Exception as error:
        return "refused: " + " ".join(str(error).split())


as_tools_do = rewritten("initializer_factor")
print("as JavaScript or jq writes 1.0, 1:", as_tools_do)
other = rewritten("classifier_dropout")
print("classifier_dropout 0.0 as 0:", other)
if not (as_tools_do.startswith("refused") and "expected float, got int" in as_tools_do and other == "read"):
    sys.exit("not as it was")
PY
"$work/venv/bin/python" "$work/show.py" "$work/model" 2>/dev/null
