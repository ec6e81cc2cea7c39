"""What sacreBLEU makes of corpora: one JSON object {hypotheses, references} a line on stdin, one answer a line.

Answers {"13a": S, "none": S}, S = {hypothesisLength, referenceLength, matches, totals, scores: {exp, none}}. The first
line says the version.
"""

import json
import sys

import sacrebleu


def scores_of(corpus, tokenize):
    by_smoothing = {
        smoothing: sacrebleu.metrics.BLEU(tokenize=tokenize, smooth_method=smoothing, force=True).corpus_score(
            corpus['hypotheses'], corpus['references']
        )
        for smoothing in ('exp', 'none')
    }
    bleu = by_smoothing['exp']
    return {
        'hypothesisLength': bleu.sys_len,
        'referenceLength': bleu.ref_len,
        'matches': bleu.counts,
        'totals': bleu.totals,
        'scores': {smoothing: result.score for smoothing, result in by_smoothing.items()},
    }


print(json.dumps({'version': sacrebleu.__version__, 'python': sys.version.split()[0]}), flush=True)
for line in sys.stdin.buffer:
    corpus = json.loads(line)
    print(json.dumps({tokenize: scores_of(corpus, tokenize) for tokenize in ('13a', 'none')}), flush=True)
