#!/usr/bin/env python3
"""Writes tokenizer-table.json.gz: a small tokenizer of each kind as the real transformers saves it, and the ids that it
gives 1,000 awkward strings.

pip install transformers; run it in this folder; it is deterministic.
"""
import gzip, json, os, random, tempfile
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

HERE = os.path.dirname(os.path.abspath(__file__))
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
PARTS = ["the", "patient", "Müller", "Zoë", "naïve", "straße", "œuvre", "don't", "e.g.", "3.14", "1,000", "#42", "a_b", "C++",
         "x" * 120, "東京", "ひらがな", "한국어", "مرحبا", "שלום", "हिन्दी", "ไทย", "Ελληνικά", "Привет", "Å", "A\u030a", "ﬁ", "Ⅳ", "½", "İstanbul",
         "ﷺ", "👩‍👩‍👧", "🇩🇪", "❤️", "\u200b", "\u00ad", "\ufeff", "\u00a0", "\u3000", "\t", "\r\n", "\u2028", "\u0007", "…", "—", "“", "”", "«",
         "<s>", "</s>", "<mask>", "<pad>", "[CLS]", "[MASK]", "▁", "Ġ", "##ing", "@", "https://a.b/c?d=e", "-", "--", "'", "''", "\\", "\"", " ", "  "]


def strings():
    rng, out = random.Random(11), ["", " ", "\n"]
    planes = [(0x20, 0x7e), (0xa0, 0x24f), (0x370, 0x52f), (0x590, 0x6ff), (0x900, 0xe7f), (0x1e00, 0x206f), (0x2100, 0x27bf), (0x3040, 0x30ff),
              (0x4e00, 0x9fff), (0xac00, 0xd7a3), (0xf900, 0xfb06), (0x10300, 0x1034a), (0x1d400, 0x1d7ff), (0x1f300, 0x1f6ff)]
    while len(out) < 1000:
        pieces = []
        for _ in range(rng.randint(1, 7)):
            if rng.random() < .7:
                pieces.append(rng.choice(PARTS))
            else:
                low, high = rng.choice(planes)
                pieces.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randint(1, 4))))
        out.append(rng.choice(["", " "]).join(pieces) if rng.random() < .4 else " ".join(pieces))
    return out


def word_piece():
    t = Tokenizer(models.WordPiece(unk_token="<unk>"))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece()
    return t, trainers.WordPieceTrainer(vocab_size=700, special_tokens=SPECIAL, show_progress=False)


def byte_bpe():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    return t, trainers.BpeTrainer(vocab_size=700, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)


def unigram():
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.decoder = decoders.Metaspace()
    return t, trainers.UnigramTrainer(vocab_size=500, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False)


if __name__ == "__main__":
    texts, out = strings(), {}
    rng = random.Random(12)
    corpus = [" ".join(rng.choice(PARTS[:30]) for _ in range(12)) for _ in range(400)]
    for name, (tokenizer, trainer) in {"wordpiece": word_piece(), "byte-bpe": byte_bpe(), "unigram": unigram()}.items():
        tokenizer.train_from_iterator(corpus, trainer)
        ids = {s: tokenizer.token_to_id(s) for s in SPECIAL}
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[(s, ids[s]) for s in ("<s>", "</s>")])
        fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, cls_token="<s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>",
                                       mask_token="<mask>", bos_token="<s>", eos_token="</s>", model_max_length=512)
        with tempfile.TemporaryDirectory() as folder:
            fast.save_pretrained(folder)
            files = {f: json.load(open(os.path.join(folder, f))) for f in sorted(os.listdir(folder)) if f.endswith(".json")}
        out[name] = {"files": files, "ids": [fast(s)["input_ids"] for s in texts]}
    with open(os.path.join(HERE, "tokenizer-table.json.gz"), "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as f:
        f.write(json.dumps({"texts": texts, "kinds": out}).encode())
