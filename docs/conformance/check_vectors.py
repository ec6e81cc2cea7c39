#!/usr/bin/env python3
"""Checks answers against vectors for Dynamic Subset Tuning; the format is docs/conformance/vectors.md. Needs Python 3.8, nothing else.

    check_vectors.py VECTORS.jsonl ANSWERS.jsonl [--ties lowest-index] [--flushes-denormals]

ANSWERS has a line for each vector that was answered: {"id": …, "output": {…}} or {"id": …, "error": {"kind": …}}.
Prints a line for each answer that is wrong. Exits with 0 where none is, 1 where one is, 2 where a file is not what it should be.
"""
import json
import math
import struct
import sys

WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def round_to(x, dtype):
    """The nearest number of the format, ties to even."""
    if dtype == "float64" or not math.isfinite(x):
        return float(x)
    try:
        (word,) = struct.unpack("<I", struct.pack("<f", x))
    except OverflowError:
        return math.copysign(math.inf, x)
    if dtype == "bfloat16":
        word = (word + 0x7FFF + ((word >> 16) & 1)) & 0xFFFF0000
    (rounded,) = struct.unpack("<f", struct.pack("<I", word))
    return rounded


def number(value, dtype):
    """A number as the lines and the protocol write it; None where it is none."""
    if isinstance(value, str):
        return WORDS.get(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return round_to(float(value), dtype)


def read_list(entries):
    """A list with its runs written out."""
    for entry in entries:
        if isinstance(entry, dict) and "repeat" in entry:
            value, times = entry["repeat"]
            for _ in range(times):
                yield value
        else:
            yield entry


def expand(value):
    """The same for everything inside: what to send as a request."""
    if isinstance(value, list):
        return [expand(entry) for entry in read_list(value)]
    if isinstance(value, dict):
        return {name: expand(field) for name, field in value.items()}
    return value


def same_bits(a, b):
    return struct.pack("<d", a) == struct.pack("<d", b)


def fits(got, bound, dtype):
    x = number(got, dtype)
    if x is None:
        return False
    if isinstance(bound, list):
        return number(bound[0], dtype) <= x <= number(bound[1], dtype)
    return same_bits(x, number(bound, dtype))


def fits_list(got, bounds, dtype):
    bounds = list(read_list(bounds))
    return isinstance(got, list) and len(got) == len(bounds) and all(fits(g, b, dtype) for g, b in zip(got, bounds))


def fits_lists(got, steps, dtype):
    steps = list(read_list(steps))
    return isinstance(got, list) and len(got) == len(steps) and all(fits_list(g, s, dtype) for g, s in zip(got, steps))


def fits_stretches(got, stretches, dtype):
    if not isinstance(got, list):
        return False
    offset = 0
    for contents in stretches:
        length = len(list(read_list(contents[0])))
        if not any(fits_list(got[offset : offset + length], content, dtype) for content in contents):
            return False
        offset += length
    return offset == len(got)


def as_sets(silos):
    return sorted(sorted(names) for names in silos) if isinstance(silos, list) else None


def accepts(alternative, answer, dtype):
    if "error" in alternative:
        return answer.get("error", {}).get("kind") == alternative["error"]
    output = answer.get("output")
    if not isinstance(output, dict):
        return False
    if "silos" in alternative:
        return as_sets(output.get("silos")) == as_sets(alternative["silos"])
    if "stretches" in alternative:
        return fits_stretches(output.get("parameters"), alternative["stretches"], dtype)
    for field in ("threshold", "overlap"):
        if field in alternative:
            return fits(output.get(field), alternative[field], dtype)
    if "distances" in alternative:
        return fits_list(output.get("distances"), alternative["distances"], dtype)
    for field in ("updates", "parameters"):
        if field in alternative:
            return fits_lists(output.get(field), alternative[field], dtype)
    raise ValueError("an alternative of an unknown kind: " + ", ".join(alternative))


def is_right(vector, answer, dtype, ties="dropped", flushes_denormals=False):
    """Whether one alternative that applies to what is declared accepts the answer."""
    for alternative in vector["accepted"]:
        when = alternative.get("when", {})
        if when.get("ties", ties) != ties or (when.get("flushesDenormals", False) and not flushes_denormals):
            continue
        if accepts(alternative, answer, dtype):
            return True
    return False


def read_vectors(path):
    """The number format and the vectors of a file."""
    with open(path, encoding="utf-8") as lines:
        header = json.loads(next(lines))
        if header.get("vectors") != 1:
            raise ValueError("%s: expected version 1, got %r" % (path, header.get("vectors")))
        vectors = [json.loads(line) for line in lines]
    if len(vectors) != header["count"]:
        raise ValueError("%s: expected %d vectors, got %d" % (path, header["count"], len(vectors)))
    return header["dtype"], vectors


def main(arguments):
    flushes = "--flushes-denormals" in arguments
    ties = "lowest-index" if "--ties" in arguments else "dropped"
    paths = [word for word in arguments if not word.startswith("--") and word != "lowest-index"]
    if len(paths) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        dtype, vectors = read_vectors(paths[0])
        by_id = {vector["id"]: vector for vector in vectors}
        with open(paths[1], encoding="utf-8") as lines:
            answers = [json.loads(line) for line in lines]
        wrong = [a["id"] for a in answers if not is_right(by_id[a["id"]], a, dtype, ties, flushes)]
    except (OSError, ValueError, KeyError, StopIteration) as error:
        print("check_vectors: %s: %s" % (type(error).__name__, error), file=sys.stderr)
        return 2
    for name in wrong:
        print(name)
    print("%d of %d answers are right" % (len(answers) - len(wrong), len(answers)), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
