#!/usr/bin/env bash
# CLINC150, sentences: 150 of 15,000, one in a hundred.
. "$(dirname "$0")/common.sh"
encoder uncased
data="$DEEPCUT_DATA/clinc150/train.jsonl.gz" holdout="$DEEPCUT_DATA/clinc150/dev.jsonl.gz"
eval="$DEEPCUT_DATA/clinc150/test.jsonl.gz"
train --task classify --model "$out/base" --epochs 10 --lr 1e-3
compare --forget "position % 100 = 7" "$@"
