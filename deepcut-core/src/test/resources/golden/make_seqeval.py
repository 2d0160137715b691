#!/usr/bin/env python3
"""Writes seqeval.json: 500 pairs of random tag sequences in all schemes, and what the real seqeval counts in them.

pip install seqeval; run it in this folder; it is deterministic. BILOU is handed to seqeval as BIOES, L as E and U as S,
since its lenient mode, which is that of conlleval, knows no L and U.
"""
import json, os, random
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.metrics import f1_score

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMES = {"IO": "I", "IOB": "BI", "BIOES": "BIES", "BILOU": "BILU"}
TYPES = ["PER", "LOC", "ORG-X"]


def tags(rng, prefixes, length):
    """Random, so mostly not well-formed; runs of a type are likelier than chance."""
    out, kind = [], None
    for _ in range(length):
        kind = rng.choice(TYPES) if kind is None or rng.random() < .4 else kind
        out.append("O" if rng.random() < .3 else f"{rng.choice(prefixes)}-{kind}")
    return out


def told(sequence):
    return [t.replace("L-", "E-", 1) if t.startswith("L-") else t.replace("U-", "S-", 1) if t.startswith("U-") else t for t in sequence]


if __name__ == "__main__":
    rng, cases = random.Random(5), []
    for i in range(500):
        scheme = list(SCHEMES)[i % len(SCHEMES)]
        gold = tags(rng, SCHEMES[scheme], rng.randint(1, 12))
        predicted = [t if rng.random() < .6 else r for t, r in zip(gold, tags(rng, SCHEMES[scheme], len(gold)))]
        g, p = set(get_entities(told(gold))), set(get_entities(told(predicted)))
        score = f1_score([told(gold)], [told(predicted)], zero_division=0) if g or p else None
        cases.append([scheme, " ".join(gold), " ".join(predicted), len(g & p), len(g), len(p), score])
    with open(os.path.join(HERE, "seqeval.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
