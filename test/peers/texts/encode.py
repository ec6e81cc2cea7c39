"""What Hugging Face's tokenizers makes of texts: {tokenizer, texts} on stdin, [[ids, decoded], …] on stdout."""

import json
import sys

from tokenizers import Tokenizer

request = json.load(sys.stdin)
tokenizer = Tokenizer.from_str(request['tokenizer'])
ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in request['texts']]
json.dump([[each, tokenizer.decode(each, skip_special_tokens=True)] for each in ids], sys.stdout)
