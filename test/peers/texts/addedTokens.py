"""What Hugging Face's tokenizers makes of texts with added tokens in them: {count, seed} or {texts} on stdin.

Trains a small unigram model with SentencePiece, writes it as the tokenizer.json that transformers 4 and 5 leave of a T5,
adds tokens of every kind, and prints {versions, file, cases}: each case changes fields of the file, and has `count` texts
with their ids and what the ids decode to without the special ones. {texts} are read under T5's own rule of normalisation,
nmt_nfkc, with a full stop for each character that this Python does not know; else the rules are few, so that the file is small.
"""

import base64
import json
import os
import random
import sys
import tempfile
import unicodedata

import sentencepiece
import tokenizers
from sentencepiece import sentencepiece_model_pb2

CORPUS = """The cat sat on the mat, and the dog ran after the cat.
A small dog and a large cat are in the house.
Select all names from the table and count them.
Der Hund läuft über die Straße, die Katze schläft im Haus.
Ein kleiner Hund und eine große Katze sind schön.
The names in the table are small; the house is large.
Zwei Hunde laufen durch das schöne Haus.
Count the cats and the dogs in the houses of the town."""

# What the map replaces: few rules, so that the file stays small.
RULES = {'ﬁ': 'fi', '\u00a0': ' ', '\t': ' ', '\n': ' ', '①': '1', 'u\u0308': 'ü', '＜': '<', '…': '...', '\u200b': ' ', '\u00ad': ''}

PRECOMPILED = 'Precompiled'


def added(content, special=False, normalized=True, single_word=False, lstrip=False, rstrip=False):
    return {'content': content, 'single_word': single_word, 'lstrip': lstrip, 'rstrip': rstrip, 'normalized': normalized, 'special': special}


SPECIAL = [added(token, special=True, normalized=False) for token in ('<pad>', '</s>', '<unk>')]
SENTINELS = [added(f'<extra_id_{i}>', special=True, normalized=False) for i in (2, 1, 0)]
OTHERS = [
    added('<sql>'),
    added('<sep>', special=True, normalized=False, lstrip=True, rstrip=True),
    added('<left>', lstrip=True),
    added('<right>', normalized=False, rstrip=True),
    added('<sq'),
    added('table', single_word=True),
    added('cat', normalized=False, single_word=True),
    added('ﬁn'),
    added('two words'),
    added('dog ', normalized=False),
    added('schön', special=True),
]

METASPACE = {'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': True}
FIRST = {**METASPACE, 'prepend_scheme': 'first'}
WORDS = {'type': 'Sequence', 'pretokenizers': [{'type': 'WhitespaceSplit'}, METASPACE]}


def replace_spaces(first):
    strip = {'type': 'Strip', 'strip_left': False, 'strip_right': True}
    return {'type': 'Sequence', 'normalizers': [first, strip, {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': '▁'}]}


def train(rule):
    with tempfile.TemporaryDirectory() as folder:
        corpus, rules, prefix = (os.path.join(folder, name) for name in ('corpus.txt', 'rules.tsv', 'spiece'))
        with open(corpus, 'w', encoding='utf-8') as file:
            file.write('\n'.join([CORPUS] * 4))
        with open(rules, 'w', encoding='utf-8') as file:
            for source, target in RULES.items():
                file.write('\t'.join(' '.join(f'{ord(c):X}' for c in text) for text in (source, target)) + '\n')
        sentencepiece.SentencePieceTrainer.train(
            input=corpus, model_prefix=prefix, vocab_size=110, hard_vocab_limit=False, model_type='unigram', pad_id=0, eos_id=1, unk_id=2,
            bos_id=-1, num_threads=1, **(rule or {'normalization_rule_tsv': rules}), minloglevel=2,
        )  # fmt: skip
        proto = sentencepiece_model_pb2.ModelProto()
        with open(prefix + '.model', 'rb') as file:
            proto.ParseFromString(file.read())
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    return [[piece.piece, round(piece.score, 6)] for piece in proto.pieces], charsmap


def file_of(pieces, charsmap):
    vocab = pieces + [[token['content'], 0.0] for token in SENTINELS]
    listed = {piece: i for i, (piece, _) in enumerate(vocab)}
    tokens, after = [], len(vocab)
    for token in SPECIAL + SENTINELS + OTHERS:
        known = listed.get(token['content'])
        tokens.append({'id': after if known is None else known, **token})
        after += known is None
    return {
        'version': '1.0', 'truncation': None, 'padding': None,
        'added_tokens': sorted(tokens, key=lambda token: token['id']),
        'normalizer': {'type': PRECOMPILED, 'precompiled_charsmap': charsmap},
        'pre_tokenizer': WORDS, 'post_processor': None, 'decoder': METASPACE,
        'model': {'type': 'Unigram', 'unk_id': 2, 'vocab': vocab, 'byte_fallback': False},
    }  # fmt: skip


def cases_of(file):
    precompiled = file['normalizer']
    few = [token for token in file['added_tokens'] if token['special'] and token['content'].startswith('<')]
    ordinary = {'added_tokens': [token for token in few if token['content'] != '<sep>']}
    cases = {
        'transformers 5': {},
        'transformers 4': {'normalizer': replace_spaces(precompiled), 'pre_tokenizer': METASPACE},
        'transformers 4, first': {'normalizer': replace_spaces(precompiled), 'pre_tokenizer': FIRST},
        'nmt and NFKC': {'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'Nmt'}, {'type': 'NFKC'}]}},
        'no normalizer': {'normalizer': None, 'pre_tokenizer': METASPACE},
    }
    return {**cases, 'special tokens alone': ordinary}


def text_of(source, file):
    tokens = [token['content'] for token in file['added_tokens']]
    words = CORPUS.split() + ['ﬁn', 'fin', 'u\u0308ber', 'schöner', '…', '①', 'жук', '東京', '𝄞', '{', '}', '½', '\u00ad', '▁', '_', 'x1', "'"]
    spaces = [' ', ' ', ' ', '', '', '  ', '\t', '\n', '\u00a0', '\u2009', '\u3000', '\u200b', '\u0085', '\u001c']
    parts = []
    for _ in range(source.randrange(0, 9)):
        parts.append(source.choice(spaces))
        parts.append(source.choice(tokens if source.random() < 0.4 else words))
    parts.append(source.choice(spaces))
    return ''.join(parts)


def known(text):
    """Without the characters that are newer than this Python: the tables of Node and of the Rust library differ in them."""
    return ''.join('.' if unicodedata.category(c) == 'Cn' else c for c in text)


def main():
    request = json.load(sys.stdin)
    given = [known(text) for text in request.get('texts', [])]
    source = random.Random(request.get('seed'))
    file = file_of(*train({'normalization_rule_name': 'nmt_nfkc'} if given else None))
    cases = []
    for name, changes in cases_of(file).items():
        tokenizer = tokenizers.Tokenizer.from_str(json.dumps({**file, **changes}))
        texts = given or [text_of(source, file) for _ in range(request['count'])]
        ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        decoded = [tokenizer.decode(list(of), skip_special_tokens=True) for of in ids]
        cases.append({'name': name, 'changes': changes, 'texts': [list(row) for row in zip(texts, ids, decoded)]})
    versions = {'tokenizers': tokenizers.__version__, 'sentencepiece': sentencepiece.__version__}
    json.dump({'versions': versions, 'file': file, 'cases': cases}, sys.stdout)


main()
