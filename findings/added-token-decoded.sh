#!/usr/bin/env bash
# tokenizers (Hugging Face) 0.23.3, beside 0.22.1: what an added token decodes to behind a normalizer.
#
# Expected: a token that was added as "SQL" is written "SQL" where its id becomes a text, as id_to_token says it is called;
#           so it was in 0.22.1.
# Seen:     in 0.23.3 both decode and id_to_token give the token as the normalizer makes it, "sql" behind Lowercase, for the
#           same tokenizer and the same ids. A text that a model generates changes with the version of the library.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/program.py" <<'PYTHON'
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

tokenizer = Tokenizer(models.WordLevel({'a': 0, '[unk]': 1}, unk_token='[unk]'))
tokenizer.normalizer = normalizers.Lowercase()
tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
tokenizer.add_tokens(['SQL'])
ids = tokenizer.encode('a SQL').ids
print(ids, tokenizer.decode(ids), tokenizer.id_to_token(2))
PYTHON
for version in 0.22.1 0.23.3; do
  python3 -m venv "$work/$version"
  "$work/$version/bin/python" -m pip install --quiet --disable-pip-version-check "tokenizers==$version"
  "$work/$version/bin/python" "$work/program.py" > "$work/$version.txt"
  echo "tokenizers $version: ids, decode, id_to_token: $(cat "$work/$version.txt")"
done
if [ "$(cat "$work/0.22.1.txt")" = "[0, 2] a SQL SQL" ] && [ "$(cat "$work/0.23.3.txt")" = "[0, 2] a sql sql" ]; then
  echo 'as described: the same ids are another text'
else
  echo 'changed' >&2
  exit 1
fi
