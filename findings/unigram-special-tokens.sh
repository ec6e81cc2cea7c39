#!/usr/bin/env bash
# tokenizers (Hugging Face) 0.23.3 and sentencepiece 0.2.1: special tokens in a text that is tokenized by a unigram model.
#
# The option `encode_special_tokens = True` (in transformers: `split_special_tokens=True`) is to make a special token that
# a text spells ordinary text: "whether or not the special tokens should be split during the tokenization process".
#
# Expected: with the option, "a</s>" has no token with the id of </s>; and a full-width "a＜/s＞", which becomes "a</s>" only
#           when it is normalised, never has it (special tokens are sought in the text before it is normalised). So it is
#           in SentencePiece itself, which never makes a control symbol of a text.
# Seen:     the unigram model of tokenizers has the special tokens among its pieces, with the score 0, the best of all. So
#           Viterbi's algorithm finds "</s>" again: the text is ended (id 1), with the option and full-width alike. With
#           WordPiece or BPE models the option does what it says. T5, mT5, ALBERT, XLNet and Pegasus are unigram models.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check tokenizers==0.23.3 sentencepiece==0.2.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys

import sentencepiece
import tokenizers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

with open('corpus.txt', 'w', encoding='utf-8') as file:
    file.write('a cat sat on a mat < / s > as cats do\n' * 20)
sentencepiece.SentencePieceTrainer.train(
    input='corpus.txt', model_prefix='m', vocab_size=30, hard_vocab_limit=False, model_type='unigram', pad_id=0, eos_id=1,
    unk_id=2, bos_id=-1, normalization_rule_name='nmt_nfkc', num_threads=1, minloglevel=2,
)  # fmt: skip
processor = sentencepiece.SentencePieceProcessor(model_file='m.model')
vocabulary = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]

tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2))
tokenizer.normalizer = normalizers.NFKC()
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
tokenizer.add_special_tokens(['<pad>', '</s>', '<unk>'])

END = 1
print(f'tokenizers {tokenizers.__version__}, sentencepiece {sentencepiece.__version__}; </s> has the id {END}')
seen = {}
for text in ('a</s>', 'a＜/s＞'):
    for option in (False, True):
        tokenizer.encode_special_tokens = option
        encoded = tokenizer.encode(text, add_special_tokens=False)
        seen[text, option] = END in encoded.ids
        print(f'  tokenizers, encode_special_tokens={option!s:5}: {text!r} -> {encoded.tokens} {encoded.ids}')
    ids = processor.encode(text)
    seen[text, 'sentencepiece'] = END in ids
    print(f'  sentencepiece:                           {text!r} -> {[processor.id_to_piece(i) for i in ids]} {ids}')

asExpectedOfTheOption = not seen['a</s>', True]
asExpectedOfFullWidth = not seen['a＜/s＞', False] and not seen['a＜/s＞', True]
if seen['a</s>', 'sentencepiece'] or seen['a＜/s＞', 'sentencepiece']:
    sys.exit('changed: sentencepiece makes the end of a text')
if asExpectedOfTheOption or asExpectedOfFullWidth:
    sys.exit('changed: tokenizers no longer finds a special token where it is not sought')
print('as described: the text is ended although the option says that it is not to be')
PYTHON
