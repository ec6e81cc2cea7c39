"""What sacreBLEU makes of corpora: a list of {hypotheses, references} on stdin, {version, expected} on stdout.

Of each corpus {"13a": S, "none": S}, S = {hypothesisLength, referenceLength, matches, totals, scores: {exp, none}}.
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


corpora = json.load(sys.stdin)
expected = [{tokenize: scores_of(corpus, tokenize) for tokenize in ('13a', 'none')} for corpus in corpora]
json.dump({'version': sacrebleu.__version__, 'expected': expected}, sys.stdout)
