#!/usr/bin/env bash
# Prints a line for each of a list of runs: what ran, and SHA-256 of the weights that came out. A change
# that leaves behaviour as it was prints the same list, on the same computer: keep one from before,
#   deepcut-bench/hashes.sh DIR > before
# and hold the next against it. DEEPCUT_DATA names the folder of the datasets; DIR is emptied first.
# Some ten minutes on one core.
. "$(dirname "${BASH_SOURCE[0]}")/protocols/common.sh"
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
rm -rf "${out:?}"
mkdir -p "$out"
out="$(cd "$out" && pwd -P)"
texts="$DEEPCUT_DATA"
log="$out/log"

# hash NAME DIR: one line of the list.
hash() { printf '%-52s %s\n' "$1" "$(cd "$2" && find . -name '*.safetensors' -print0 | sort -z | xargs -0 cat | sha256sum | cut -d ' ' -f 1)"; }

# run COMMAND…: with what it says kept in the log.
run() {
  printf '\n$ deepcut %s\n' "$*" >> "$log"
  deepcut "$@" >> "$log" 2>&1 || { printf 'hashes: deepcut %s: see %s\n' "$*" "$log" >&2; exit 1; }
}

# request NAME TASK DATA HOLDOUT OPTION…: trains a model on DATA, lets it forget by DeepCUT, retrains.
request() {
  local name="$1" task="$2" data="$3" holdout="$4"
  shift 4
  run train --task "$task" --data "$data" --out "$out/$name" --seed 1 "$@"
  hash "$name: trained" "$out/$name"
  run unlearn --model "$out/$name" --data "$data" --holdout "$holdout" --forget "position % 50 = 7" \
    --retrain --keep-retrained "$out/$name-retrained" --allow-collapse --no-certificate --out "$out/$name-deepcut"
  hash "$name: unlearned" "$out/$name-deepcut"
  hash "$name: retrained" "$out/$name-retrained"
}

# methods NAME DATA HOLDOUT FORGET…: every method on one of these models.
methods() {
  local name="$1" data="$2" holdout="$3" method
  shift 3
  for method in "${all[@]}"; do
    run unlearn --model "$out/$name" --data "$data" --holdout "$holdout" "$@" --method "$method" \
      --allow-collapse --no-certificate --out "$out/$name-method"
    hash "$name: $method $*" "$out/$name-method"
    rm -rf "$out/$name-method"*
  done
}

# variants NAME DATA HOLDOUT SETTINGS…: DeepCUT under settings, several split by blanks.
variants() {
  local name="$1" data="$2" holdout="$3" settings pair
  shift 3
  for settings in "$@"; do
    local set=()
    for pair in $settings; do set+=(--set "$pair"); done
    run unlearn --model "$out/$name" --data "$data" --holdout "$holdout" --forget "position % 50 = 7" \
      "${set[@]}" --allow-collapse --no-certificate --out "$out/$name-variant"
    hash "$name: $settings" "$out/$name-variant"
    rm -rf "$out/$name-variant"*
  done
}

# killed NAME DATA HOLDOUT: DeepCUT again, ended by SIGKILL each time that it has kept its state.
killed() {
  local name="$1" data="$2" holdout="$3" kept pid kills=0
  local command=(unlearn --model "$out/$name" --data "$data" --holdout "$holdout" --forget "position % 50 = 7"
    --allow-collapse --no-certificate --checkpoint-seconds 1 --resume --out "$out/$name-killed")
  kept="$out/$name-killed.checkpoint"
  while [ "$kills" -lt 3 ]; do
    touch "$out/since"
    "$(dirname "${BASH_SOURCE[0]}")/../deepcut" "${command[@]}" >> "$log" 2>&1 & # hands over to Java, so it is $!
    pid=$!
    while kill -0 "$pid" 2> /dev/null; do
      if [ -n "$(find "$kept" -newer "$out/since" -print -quit 2> /dev/null)" ]; then break; fi
      sleep .05
    done
    if ! kill -9 "$pid" 2> /dev/null; then break; fi
    wait "$pid" 2> /dev/null || true
    kills=$((kills + 1))
  done
  [ "$kills" -gt 0 ] || { printf 'hashes: %s was done before it could be killed\n' "$name" >&2; exit 1; }
  [ -d "$out/$name-killed" ] || run "${command[@]}"
  hash "$name: unlearned, killed and gone on" "$out/$name-killed"
}

all=(deepcut-paper contrastive-unlearning fine-tune gradient-ascent neggrad-plus random-labels salun scrub bad-teacher
  kl-to-uniform kga fisher ssd boundary-shrink boundary-expand delete coun) # unsir forgets whole classes alone

run --version # builds, if need be
encoder uncased
zcat "$texts/clinc150/train.jsonl.gz" | awk 'NR % 5 == 0' > "$out/clinc150.jsonl"
zcat "$texts/sms-spam/train.jsonl.gz" | head -n 1000 > "$out/sms-spam.jsonl" || true
zcat "$texts/ncbi-disease/train.tsv.gz" | awk '/^$/ { n++ } { print } n >= 1000 { exit }' > "$out/ncbi-disease.tsv" || true
dev() { printf '%s' "$texts/$1"; }

request clinc150 classify "$out/clinc150.jsonl" "$(dev clinc150/dev.jsonl.gz)" --model "$out/base" --epochs 4 --lr 1e-3
request sms-spam classify "$out/sms-spam.jsonl" "$(dev sms-spam/dev.jsonl.gz)" --model "$out/base" --epochs 3 --lr 1e-3
request ncbi-disease ner "$out/ncbi-disease.tsv" "$(dev ncbi-disease/dev.tsv.gz)" --model "$out/base" --epochs 4 --lr 1e-3
train() { :; }
fashion 3000
request images image "$data" "$holdout" --model cnn --epochs 2

killed clinc150 "$out/clinc150.jsonl" "$(dev clinc150/dev.jsonl.gz)"
killed ncbi-disease "$out/ncbi-disease.tsv" "$(dev ncbi-disease/dev.tsv.gz)"
variants clinc150 "$out/clinc150.jsonl" "$(dev clinc150/dev.jsonl.gz)" targets=estimated \
  stop=indistinguishable ascent=.5
variants ncbi-disease "$out/ncbi-disease.tsv" "$(dev ncbi-disease/dev.tsv.gz)" ascent=2 peers=0
methods sms-spam "$out/sms-spam.jsonl" "$(dev sms-spam/dev.jsonl.gz)" --forget "position % 50 = 7"
methods ncbi-disease "$out/ncbi-disease.tsv" "$(dev ncbi-disease/dev.tsv.gz)" --forget "position % 50 = 7"
methods images "$data" "$holdout" --forget "position % 50 = 7"
all=(deepcut contrastive-unlearning boundary-shrink unsir)
methods images "$data" "$holdout" --forget-class 5
run train --task classify --model "$out/base" --data "$out/sms-spam.jsonl" --shards 3 --epochs 3 --lr 1e-3 --out "$out/ensemble"
run unlearn --method sisa --model "$out/ensemble" --data "$out/sms-spam.jsonl" --forget "position % 300 = 7" --out "$out/sisa"
hash "sms-spam: sisa" "$out/sisa"
run demo --dir "$out/demo"
for model in "$out"/demo/*/; do
  if compgen -G "$model*.safetensors" > /dev/null; then hash "demo: $(basename "$model")" "$model"; fi
done
