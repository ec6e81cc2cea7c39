#!/usr/bin/env bash
# What a T5's config.json says of tied embeddings changes its meaning when transformers 5 saves it, and transformers 4 then opens another model.
#
# transformers 5.24.0 and 4.57.6; their configs alone, for which no torch is needed.
# Expected: a T5 1.1 made with tie_word_embeddings=False keeps that, in the object and in the file; a folder that one line saves is
#   the same model to the other.
# Seen: transformers 5 sets tie_word_embeddings to True in every T5Config, whatever was asked for, keeps the old meaning (whether
#   the decoder's output is scaled by d_model**-0.5) in a new field, scale_decoder_outputs: false, and writes both. Transformers 4 does not
#   know the new field; it reads tie_word_embeddings: true, for which its T5ForConditionalGeneration ties the head to the embedding
#   (a head of its own in the file is overwritten) and scales. Nothing warns: one save_pretrained of transformers 5 on an untied
#   T5 1.1 is another model to transformers 4.
# Exits non-zero where this is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
for version in 5.24.0 4.57.6; do
  "$python" -m venv "$work/$version"
  "$work/$version/bin/python" -m pip install --quiet --disable-pip-version-check "transformers==$version"
done
cat > "$work/save.py" <<'PY'
import json, sys
import transformers
from transformers import T5Config

config = T5Config(feed_forward_proj="gated-gelu", tie_word_embeddings=False)
config.save_pretrained(sys.argv[1])
written = json.load(open(sys.argv[1] + "/config.json"))
fields = {name: written.get(name) for name in ("tie_word_embeddings", "scale_decoder_outputs")}
print(f"transformers {transformers.__version__}: asked for False, has {config.tie_word_embeddings}, writes {fields}")
ok = config.tie_word_embeddings is True and fields == {"tie_word_embeddings": True, "scale_decoder_outputs": False}
sys.exit(0 if ok else "not as it was")
PY
cat > "$work/open.py" <<'PY'
import sys
import transformers
from transformers import T5Config

opened, asked = T5Config.from_pretrained(sys.argv[1]), T5Config(feed_forward_proj="gated-gelu", tie_word_embeddings=False)
print(f"transformers {transformers.__version__}: reads {opened.tie_word_embeddings}; asked for False itself, has {asked.tie_word_embeddings}")
sys.exit(0 if opened.tie_word_embeddings is True and asked.tie_word_embeddings is False else "not as it was")
PY
"$work/5.24.0/bin/python" "$work/save.py" "$work/model" 2>/dev/null
"$work/4.57.6/bin/python" "$work/open.py" "$work/model" 2>/dev/null
