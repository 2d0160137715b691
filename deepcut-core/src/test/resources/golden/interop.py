#!/usr/bin/env python3
"""Loads the folders that InteropTest wrote with the real transformers: interop.py FOLDER OUT

FOLDER/FAMILY/MODEL is a model, with rows.json beside its weights: texts, or sentences of words. OUT gets the logits by
FAMILY/MODEL, of a sentence or of the first piece of each word, in one list.
"""
import json, os, sys
import torch
import transformers
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification, BertTokenizer


def said(folder):
    rows = json.load(open(os.path.join(folder, "rows.json")))
    tagger = "words" in rows
    auto = AutoModelForTokenClassification if tagger else AutoModelForSequenceClassification
    model, info = auto.from_pretrained(folder, output_loading_info=True)
    assert not info["missing_keys"] and not info["mismatched_keys"] and not info["unexpected_keys"], (folder, info)
    model.eval()
    tokenizer = BertTokenizer.from_pretrained(folder)  # of vocab.txt, which TinyFamily writes for all
    types = getattr(model.config, "type_vocab_size", 0) or 0
    out = []
    for row in rows["words" if tagger else "texts"]:
        encoded = tokenizer(row, is_split_into_words=tagger, return_tensors="pt")
        inputs = {k: v for k, v in encoded.items() if k in ("input_ids", "attention_mask") or types > 1}
        with torch.no_grad():
            logits = model(**inputs).logits[0]
        if tagger:
            words = encoded.word_ids()
            first = [i for i, w in enumerate(words) if w is not None and (i == 0 or words[i - 1] != w)]
            logits = logits[first]
        out += logits.reshape(-1).tolist()
    return out


if __name__ == "__main__":
    base = sys.argv[1]
    models = [f"{f}/{m}" for f in sorted(os.listdir(base)) if os.path.isdir(os.path.join(base, f))
              for m in sorted(os.listdir(os.path.join(base, f))) if os.path.exists(os.path.join(base, f, m, "rows.json"))]
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    with open(sys.argv[2], "w") as f:
        json.dump({m: said(os.path.join(base, m)) for m in models}, f)
