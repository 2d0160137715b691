"""Writes tokenizers.json: what HuggingFace's own tokenizers make of awkward texts.

Each configuration is a set of files of a model folder, as they are found in the wild; the ids come
from transformers' AutoTokenizer over these files. Needs `pip install transformers` (no torch).

    python make_tokenizers.py OUT       writes what the installed version says
    python make_tokenizers.py A B       prints where two such files differ

The committed file is of transformers 4.57.6. Version 5.24.0 says the same, but for these: a <mask>
that is given as plain text no longer takes the blank before it (roberta*), a special token of
added_tokens.json is also found in lower-cased text (bert-added-special), and special tokens given
as objects are not read at all (bert-additional-objects).
"""
import json
import os
import sys
import tempfile

BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<e1>", "[unused1]"]
BERT += list("abcdefghijklmnopqrstuvwxyz0123456789.,:-[]<>/'!")
BERT += list("ABCDEMNUS") + ["é", "É", "ü", "ß", "İ", "東", "京", "に", "🙂", "ł"]
BERT += ["##" + c for c in "abcdefghijklmnopqrstuvwxyzé0123456789東京にü"]
BERT += ["good", "bad", "film", "Film", "café", "cafe", "CAFE", "the", "東京", "##e1", "naive", "naïve", "CLS", "mask"]


def byte_symbols():
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    return [chr(b) if b in keep else None for b in range(256)]


def bytes_to_unicode():
    out, n = {}, 0
    for b, c in enumerate(byte_symbols()):
        if c is None:
            c = chr(256 + n)
            n += 1
        out[b] = c
    return out


MERGES = ["Ġ g", "o o", "oo d", "g ood", "Ġg ood", "Ġ f", "i l", "il m", "f ilm", "Ġf ilm", "m a", "s k", "ma sk"]
SYMBOLS = ["<s>", "<pad>", "</s>", "<unk>"] + sorted(bytes_to_unicode().values())
SYMBOLS += [m.replace(" ", "") for m in MERGES] + ["<mask>"]
SYMBOLS = list(dict.fromkeys(SYMBOLS))

TEXTS = [
    "", " ", "a", "good film", "Good FILM", "  good \t film\n", "Café CAFÉ cafe\u0301 naïve", "東京に行く good東京film",
    "[E1] good [E2] film", "[e1] good[E1]film", "x[E1]y [E2][E1]", "good [SEP] film", "[CLS]good[MASK] film", "good [PAD]",
    "<e1>good</e1> <E1>", "good <mask> film", "good<mask>film", "<mask>", "a  <mask>  b", "<s>good</s>", "<pad>",
    "don't, stop...!", "İstanbul straße łódź", "a\u200bb\u00adc\u0000d\ufffde", "\u00a0good\u3000film\u2028bad", "🙂🙂 good",
    "a" * 120, "wordy WORDY word wordyx x-wordy-x", "tail  good", "\r\n", "zzz12-34:5,6", "[E1", "[E1]]", "new1new1 new1",
    "NEW1 New1", "good\u0301film", "[UNK] [unk]", "café[E1]Café", "head good head\u00a0film",
]
PAIRS = [["good film", "bad"], ["[E1] a", "b [SEP] c"], ["", "good"], ["good", ""], ["x <mask>", " <mask> y"]]
WORDS = [["Good", "film", "[E1]", "[SEP]", "Café"], ["東京", "good[E1]", "x", "<mask>"], ["don't", "stop...", "<e1>"]]


def token(content, **flags):
    base = dict(content=content, lstrip=False, normalized=False, rstrip=False, single_word=False, special=True)
    base.update(flags)
    return base


N = len(BERT)
R = len(SYMBOLS)
BERT_SPECIALS = {k: v for k, v in zip(["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"], BERT)}
DECODER = {str(i): token(BERT[i]) for i in range(5)}


def bert(config=None, **files):
    out = {"config.json": {"model_type": "bert"}, "vocab.txt": "@bert"}
    if config is not None:
        out["tokenizer_config.json"] = {"tokenizer_class": "BertTokenizer", **config}
    out.update({k.replace("__", "."): v for k, v in files.items()})
    return out


def roberta(config=None, **files):
    out = {"config.json": {"model_type": "roberta"}, "vocab.json": "@symbols", "merges.txt": "@merges"}
    if config is not None:
        out["tokenizer_config.json"] = {"tokenizer_class": "RobertaTokenizer", **config}
    out.update({k.replace("__", "."): v for k, v in files.items()})
    return out


CONFIGURATIONS = {
    "bert": bert({}),
    "bert-no-config": bert(),
    "bert-cased": bert({"do_lower_case": False}),
    "bert-uncased-accents": bert({"do_lower_case": True, "strip_accents": False}),
    "bert-cased-stripped": bert({"do_lower_case": False, "strip_accents": True}),
    "bert-accents-null": bert({"do_lower_case": False, "strip_accents": None}),
    "bert-no-chinese": bert({"tokenize_chinese_chars": False}),
    "bert-added-json": bert({}, added_tokens__json={"[E1]": N, "[E2]": N + 1, "new1": N + 2, "wordy": N + 3}),
    "bert-added-json-cased": bert({"do_lower_case": False}, added_tokens__json={"[E1]": N, "new1": N + 1}),
    "bert-added-special": bert({}, added_tokens__json={"[E1]": N, "[E2]": N + 1}, special_tokens_map__json={
        **BERT_SPECIALS, "additional_special_tokens": ["[E1]", "[E2]"]}),
    "bert-decoder": bert({**BERT_SPECIALS, "additional_special_tokens": ["[E1]", "[E2]"], "added_tokens_decoder": {
        **DECODER, str(N): token("[E1]"), str(N + 1): token("[E2]")}}),
    "bert-decoder-flags": bert({"added_tokens_decoder": {
        **DECODER, str(N): token("[E1]", lstrip=True, rstrip=True), str(N + 1): token("wordy", single_word=True, special=False),
        str(N + 2): token("new1", normalized=True, special=False), str(N + 3): token("tail", rstrip=True, special=False),
        str(N + 4): token("head", lstrip=True, rstrip=True, special=False)}}),
    "bert-decoder-before-map": bert({"added_tokens_decoder": {**DECODER, str(N): token("[E1]")}},
                                    added_tokens__json={"[E1]": N, "good": N + 1},
                                    special_tokens_map__json={"sep_token": "good", "cls_token": "film"}),
    "bert-decoder-known": bert({"added_tokens_decoder": {**DECODER, "5": token("<e1>", special=False)}}),
    "bert-map": bert({}, special_tokens_map__json={"cls_token": "[unused1]", "sep_token": token("<e1>", lstrip=True)}),
    "bert-map-over-config": bert({"cls_token": "[CLS]"}, special_tokens_map__json={"cls_token": "[unused1]"}),
    "bert-names": bert({"cls_token": "[unused1]", "unk_token": "<e1>"}),
    "bert-additional": bert({"additional_special_tokens": ["[E1]", "[E2]"]}),
    "bert-additional-objects": bert({}, special_tokens_map__json={
        "additional_special_tokens": [token("[E1]", rstrip=True), token("[E2]", lstrip=True)]}),
    "bert-left": bert({"truncation_side": "left"}),
    "distilbert": {"config.json": {"model_type": "distilbert"}, "vocab.txt": "@bert",
                   "tokenizer_config.json": {"tokenizer_class": "DistilBertTokenizer", "do_lower_case": False}},
    "roberta": roberta({}),
    "roberta-no-config": roberta(),
    "roberta-space": roberta({"add_prefix_space": True}),
    "roberta-added-json": roberta({}, added_tokens__json={"[E1]": R, "[E2]": R + 1, "new1": R + 2}),
    "roberta-added-space": roberta({"add_prefix_space": True}, added_tokens__json={"[E1]": R, "[E2]": R + 1}),
    "roberta-decoder": roberta({"mask_token": "<mask>", "added_tokens_decoder": {
        "0": token("<s>", normalized=True), "1": token("<pad>", normalized=True), "2": token("</s>", normalized=True),
        "3": token("<unk>", normalized=True), str(R - 1): token("<mask>", lstrip=True), str(R): token("[E1]"),
        str(R + 1): token("new1", special=False, normalized=True)}}),
    "roberta-mask-object": roberta({}, special_tokens_map__json={"mask_token": token("<mask>", lstrip=True), "cls_token": "<s>"}),
    "roberta-mask-plain": roberta({"added_tokens_decoder": {str(R - 1): token("<mask>")}}),
    "roberta-mask-named": roberta({"mask_token": "<mask>", "added_tokens_decoder": {str(R - 1): token("<mask>")}}),
    "bert-extra": bert({"extra_special_tokens": {"start_token": "[E1]"}}),
    "bert-decoder-twice": bert({"additional_special_tokens": ["wordy"], "added_tokens_decoder": {
        str(N): token("wordy", special=False), str(N + 1): token("[E1]", lstrip=True, special=False)}}),
    "json-as-it-is": {"config.json": {"model_type": "bert"}, "tokenizer.json": "@cased",
                      "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast"}},
    "json-bert-cased": {"config.json": {"model_type": "bert"}, "tokenizer.json": "@cased",
                        "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": False}},
    "json-bert-lowered": {"config.json": {"model_type": "bert"}, "tokenizer.json": "@cased",
                          "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": True,
                                                    "strip_accents": False, "tokenize_chinese_chars": False}},
    "json-bert-added": {"config.json": {"model_type": "bert"}, "tokenizer.json": "@cased",
                        "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": False,
                                                  "added_tokens_decoder": {**DECODER, str(N): token("[E1]"), str(N + 1): token("[E2]")}}},
    "json-roberta": {"config.json": {"model_type": "roberta"}, "tokenizer.json": "@bytelevel",
                     "tokenizer_config.json": {"tokenizer_class": "RobertaTokenizer"}},
    "json-roberta-space": {"config.json": {"model_type": "roberta"}, "tokenizer.json": "@bytelevel",
                           "tokenizer_config.json": {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True}},
}


def cased():
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    t = Tokenizer(models.WordPiece({p: i for i, p in enumerate(BERT)}, unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=False)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece(prefix="##")
    t.add_special_tokens([AddedToken(p, normalized=False, special=True) for p in BERT[:5]])
    t.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return json.loads(t.to_str())


def bytelevel():
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
    merges = [tuple(m.split()) for m in MERGES]
    t = Tokenizer(models.BPE(vocab={p: i for i, p in enumerate(SYMBOLS)}, merges=merges, fuse_unk=False,
                             continuing_subword_prefix="", end_of_word_suffix=""))
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.add_special_tokens([AddedToken(p, normalized=False, special=True, lstrip=p == "<mask>") for p in SYMBOLS[:4] + ["<mask>"]])
    t.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), True, False)
    return json.loads(t.to_str())


def shared():
    return {
        "bert": "".join(p + "\n" for p in BERT),
        "symbols": {p: i for i, p in enumerate(SYMBOLS)},
        "merges": "#version: 0.2\n" + "".join(m + "\n" for m in MERGES),
        "cased": cased(),
        "bytelevel": bytelevel(),
    }


def write(folder, files, pool):
    for name, content in files.items():
        if isinstance(content, str) and content.startswith("@"):
            content = pool[content[1:]]
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as f:
            f.write(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))


def cases(files, pool):
    from transformers import AutoTokenizer
    with tempfile.TemporaryDirectory() as folder:
        write(folder, files, pool)
        t = AutoTokenizer.from_pretrained(folder)
        prefixed = AutoTokenizer.from_pretrained(folder, add_prefix_space=True) if "merges.txt" in files or "@bytelevel" in files.values() else t
        out = {"texts": [], "pairs": [], "words": []}
        for text in TEXTS:
            out["texts"].append([text, t(text)["input_ids"]])
        out["texts"].append(["a b c d e f g", t("a b c d e f g", truncation=True, max_length=6)["input_ids"], 6])
        for a, b in PAIRS:
            e = t([a], [b], return_token_type_ids=True)  # not alone, or an empty second text is none
            out["pairs"].append([a, b, e["input_ids"][0], e["token_type_ids"][0]])
        for words in WORDS:
            e = prefixed(words, is_split_into_words=True, add_special_tokens=False)
            ids = [[] for _ in words]
            for i, w in zip(e["input_ids"], e.word_ids()):
                ids[w].append(i)
            out["words"].append([words, ids])
        return out


def made(out):
    import transformers
    pool = shared()
    result = {}
    for name, files in CONFIGURATIONS.items():
        try:
            result[name] = {"files": files, **cases(files, pool)}
        except Exception as e:  # a version may not read a configuration at all
            print(name, "not read:", type(e).__name__, str(e)[:200])
    with open(out, "w", encoding="utf-8") as f:
        json.dump({"version": transformers.__version__, "shared": pool, "configurations": result}, f)
        f.write("\n")


def compared(a, b):
    a, b = (json.load(open(f, encoding="utf-8")) for f in (a, b))
    for name, one in a["configurations"].items():
        other = b["configurations"].get(name)
        for kind in ("texts", "pairs", "words") if other else ():
            for x, y in zip(one[kind], other[kind]):
                if x != y:
                    print(name, kind, x, y)
        if not other:
            print(name, "only in one")


if __name__ == "__main__":
    made(sys.argv[1]) if len(sys.argv) == 2 else compared(*sys.argv[1:])
