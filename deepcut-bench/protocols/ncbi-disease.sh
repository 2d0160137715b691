#!/usr/bin/env bash
# NCBI disease corpus, entities: 54 of 5,424 sentences, one in a hundred.
. "$(dirname "$0")/common.sh"
encoder cased
data="$DEEPCUT_DATA/ncbi-disease/train.tsv.gz" holdout="$DEEPCUT_DATA/ncbi-disease/dev.tsv.gz"
eval="$DEEPCUT_DATA/ncbi-disease/test.tsv.gz"
train --task ner --model "$out/base" --epochs 10 --lr 1e-3
compare --forget "position % 100 = 7" "$@"
