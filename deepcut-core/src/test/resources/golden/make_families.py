#!/usr/bin/env python3
"""Writes tiny random folders of the encoder families as the real `transformers` saves them, with what it computes.

pip install torch transformers; run it in this folder with names of cases, or without for all. It is deterministic.
float32, dropout off. FOLDER/expected.json has inputs, last hidden states, logits, loss and gradients.
"""
import json, os, sys
import torch
import transformers
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoModelForTokenClassification

HERE = os.path.dirname(os.path.abspath(__file__))
LABELS, VOCAB = 5, 40
SMALL = dict(vocab_size=VOCAB, hidden_size=16, num_attention_heads=4, num_hidden_layers=2, intermediate_size=32)
ROBERTA = dict(SMALL, max_position_embeddings=24, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2)
DEBERTA = dict(SMALL, max_position_embeddings=24, type_vocab_size=0, relative_attention=True, position_buckets=4, norm_rel_ebd="layer_norm",
               share_att_key=True, pos_att_type=["p2c", "c2p"], position_biased_input=False, max_relative_positions=-1, pad_token_id=0, pooler_hidden_size=16)
MODERN = dict(SMALL, num_hidden_layers=4, max_position_embeddings=64, local_attention=8, pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3)

# name: model type, configuration; each with both heads
CASES = {
    "xlm-roberta": ("xlm-roberta", ROBERTA),
    "camembert": ("camembert", ROBERTA),
    "electra": ("electra", dict(SMALL, embedding_size=8, max_position_embeddings=24)),
    "electra-wide": ("electra", dict(SMALL, embedding_size=16, max_position_embeddings=24)),
    "mpnet": ("mpnet", dict(SMALL, max_position_embeddings=24, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2)),
    "albert": ("albert", dict(SMALL, num_hidden_layers=4, num_hidden_groups=2, inner_group_num=1, embedding_size=8, max_position_embeddings=24, pad_token_id=0)),
    "albert-inner": ("albert", dict(SMALL, num_hidden_layers=2, num_hidden_groups=1, inner_group_num=2, embedding_size=8, max_position_embeddings=24, pad_token_id=0)),
    "deberta": ("deberta-v2", DEBERTA),
    "deberta-log": ("deberta-v2", dict(DEBERTA, position_buckets=6, max_position_embeddings=40)),
    "deberta-separate": ("deberta-v2", dict(DEBERTA, share_att_key=False, norm_rel_ebd="none", position_buckets=-1)),
    "deberta-plain": ("deberta-v2", dict(DEBERTA, relative_attention=False, norm_rel_ebd="none", position_biased_input=True, type_vocab_size=2)),
    "deberta-narrow": ("deberta-v2", dict(DEBERTA, embedding_size=8, pos_att_type=["c2p"])),
    "deberta-conv": ("deberta-v2", dict(DEBERTA, conv_kernel_size=3, conv_act="gelu", pos_att_type=["p2c"])),
    "modernbert": ("modernbert", dict(MODERN, classifier_pooling="cls")),
    "modernbert-mean": ("modernbert", dict(MODERN, classifier_pooling="mean")),
}


def batch(pad, pairs):
    """Three rows; the first long enough for buckets and windows."""
    long = [2] + [4 + (7 * i) % 35 for i in range(18)] + [3]
    rows = [long, [2, 5, 39, 3], [2, 17, 17, 9, 3]]
    width = len(long)
    ids = torch.tensor([r + [pad] * (width - len(r)) for r in rows])
    mask = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in rows])
    types = torch.zeros_like(ids)
    if pairs:
        types[0, 10:] = 1
        types[2, 2:5] = 1
    return ids, mask, types


def write(name, kind, task, settings, seed):
    torch.manual_seed(seed)
    config = AutoConfig.for_model(kind, num_labels=LABELS, **settings)
    config._attn_implementation = "eager"
    auto = AutoModelForSequenceClassification if task == "sequence" else AutoModelForTokenClassification
    model = auto.from_config(config).eval()
    with torch.no_grad():
        for n, p in model.named_parameters():
            if p.dim() > 1:
                p.normal_(0, 0.2)
            elif n.endswith("bias"):
                p.normal_(0, 0.1)
            else:
                p.copy_(1 + 0.05 * torch.randn_like(p))
    pairs = getattr(config, "type_vocab_size", 0) > 1
    ids, mask, types = batch(config.pad_token_id, pairs)
    if task == "sequence":
        labels = torch.tensor([1, 4, 0])
    else:
        labels = torch.where(mask == 1, (ids * 3) % LABELS, -100)
        labels[:, 0] = -100
    inputs = dict(input_ids=ids, attention_mask=mask, labels=labels, output_hidden_states=True)
    if pairs:
        inputs["token_type_ids"] = types
    out = model(**inputs)
    out.loss.backward()
    hidden = model.base_model(**{k: v for k, v in inputs.items() if k not in ("labels", "output_hidden_states")})[0]
    folder = os.path.join(HERE, f"tiny-{name}-{task}")
    model.save_pretrained(folder)
    stored = json.load(open(os.path.join(folder, "config.json")))
    stored.pop("transformers_version", None)
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump(stored, f, indent=1)
        f.write("\n")
    gradients = {n: {"norm": p.grad.norm().item(), "first": p.grad.reshape(-1)[:4].tolist()} for n, p in model.named_parameters() if p.grad is not None}
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump({"note": f"transformers {transformers.__version__}, torch {torch.__version__.split('+')[0]}; positions outside the attention mask are not compared",
                   "input_ids": ids.tolist(), "attention_mask": mask.tolist(), "token_type_ids": types.tolist(), "labels": labels.tolist(),
                   "last_hidden_state": hidden.tolist(), "logits": out.logits.tolist(), "loss": out.loss.item(), "gradients": gradients}, f)
        f.write("\n")


if __name__ == "__main__":
    for number, (name, (kind, settings)) in enumerate(CASES.items()):
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            for task in ("sequence", "token"):
                write(name, kind, task, settings, 200 + 2 * number + (task == "token"))
                print(name, task)
