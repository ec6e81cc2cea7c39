#!/usr/bin/env bash
# The safetensors library reads headers that the format, as its own page describes it, forbids; one of them loses a tensor.
#
# safetensors 0.8.0.
# Expected, by the library's README, section "Format": "The header data MUST begin with a { character (0x7B)", "Duplicate keys are disallowed",
#   and each tensor's value is an object of dtype, shape and data_offsets. A reader that follows the page refuses the rest, and so
#   should the library, which is what every other one is held against ("a file that does not load there is broken").
# Seen: white space before the { is skipped; of a name that stands twice the first tensor is dropped without a word, and its
#   shape with it; a tensor may be a list, ["U8",[2],[0,2]]; a dtype may be an object, {"U8":null}. The last two are what serde's derived
#   parsers do with any struct and enum. Yet [4294967296,4294967296,0], a tensor without elements, is refused for overflow, while
#   [0,4294967296,4294967296] is read: the order of the lengths decides.
# Exits non-zero where this is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check safetensors==0.8.0
cat > "$work/show.py" <<'PY'
import sys
import safetensors

print("safetensors", safetensors.__version__)


def read(header, data):
    text = header.encode()
    try:
        return [(name, it["dtype"], it["shape"]) for name, it in safetensors.deserialize(len(text).to_bytes(8, "little") + text + data)]
    except Exception as error:
        return f"refused: {error}"


two = bytes([1, 2])
tensor = '"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}'
other = '"a":{"dtype":"U8","shape":[1,2],"data_offsets":[0,2]}'
empty = '{"a":{"dtype":"F32","shape":[%s],"data_offsets":[0,0]}}'
cases = [
    ("white space before the {", " {%s}" % tensor, two, [("a", "U8", [2])]),
    ("a name twice", "{%s,%s}" % (tensor, other), two, [("a", "U8", [1, 2])]),
    ("a tensor as a list", '{"a":["U8",[2],[0,2]]}', two, [("a", "U8", [2])]),
    ("a dtype as an object", '{"a":{"dtype":{"U8":null},"shape":[2],"data_offsets":[0,2]}}', two, [("a", "U8", [2])]),
    ("no elements, 0 first", empty % "0,4294967296,4294967296", b"", [("a", "F32", [0, 4294967296, 4294967296])]),
    ("no elements, 0 last", empty % "4294967296,4294967296,0", b"", None),
]
changed = False
for what, header, data, expected in cases:
    got = read(header, data)
    print(f"{what}: {got}")
    changed |= (not str(got).startswith("refused")) if expected is None else got != expected
sys.exit("not as it was" if changed else 0)
PY
"$work/venv/bin/python" "$work/show.py"
