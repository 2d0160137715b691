# What the protocols share; to be sourced. DEEPCUT_DATA names the folder of the datasets; the first
# argument the folder to work in (made, and gone on with where it is there), the others go to compare.
set -euo pipefail
: "${DEEPCUT_DATA:?names the folder of the datasets}"
out="${1:?names the folder to work in}"
shift
mkdir -p "$out"
deepcut() { "$(dirname "${BASH_SOURCE[0]}")/../../deepcut" "$@"; }

# once FILE COMMAND…: the command's output, kept in FILE.
once() {
  [ -e "$1" ] || { "${@:2}" > "$1.part" && mv "$1.part" "$1"; }
}

# A whole number in four bytes, the highest first, as IDX headers have them.
word() {
  printf "\\x$(printf %02x $(($1 >> 24 & 255)))\\x$(printf %02x $(($1 >> 16 & 255)))\\x$(printf %02x $(($1 >> 8 & 255)))\\x$(printf %02x $(($1 & 255)))"
}

# fashion FROM COUNT: images and labels from one of Fashion-MNIST's 60,000 on, as IDX on standard output.
fashion_images() {
  word 2051 && word "$2" && word 28 && word 28
  zcat "$DEEPCUT_DATA/fashion-mnist/train-images-idx3-ubyte.gz" | tail -c +$((17 + 784 * $1)) | head -c $((784 * $2)) || true
}
fashion_labels() {
  word 2049 && word "$2"
  zcat "$DEEPCUT_DATA/fashion-mnist/train-labels-idx1-ubyte.gz" | tail -c +$((9 + $1)) | head -c "$2" || true
}

# fashion [COUNT]: the first so many images to train on, else 55,000; the last 5,000 are held out.
fashion() {
  once "$out/train-images-idx3-ubyte" fashion_images 0 "${1:-55000}"
  once "$out/train-labels-idx1-ubyte" fashion_labels 0 "${1:-55000}"
  once "$out/holdout-images-idx3-ubyte" fashion_images 55000 5000
  once "$out/holdout-labels-idx1-ubyte" fashion_labels 55000 5000
  data="$out/train-images-idx3-ubyte" holdout="$out/holdout-images-idx3-ubyte"
  eval="$DEEPCUT_DATA/fashion-mnist/t10k-images-idx3-ubyte.gz"
  train --task image --model cnn --epochs 10
}

# The last 1,000 of the subset's 10,000 training images are held out.
cifar() {
  local all="$DEEPCUT_DATA/cifar10-subset/train_10k.bin.gz"
  once "$out/train.bin" eval "zcat '$all' | head -c $((9000 * 3073)) || true"
  once "$out/holdout.bin" eval "zcat '$all' | tail -c $((1000 * 3073))"
  cp "$DEEPCUT_DATA/cifar10-subset/batches.meta.txt" "$out/"
  data="$out/train.bin" holdout="$out/holdout.bin"
  eval="$DEEPCUT_DATA/cifar10-subset/test_2k.bin.gz"
  train --task image --model resnet8 --epochs 20
}

# A two-layer encoder, 128 wide, from random weights, with BERT's vocabulary.
encoder() {
  mkdir -p "$out/base"
  cp "$DEEPCUT_DATA/bert-vocab/bert-base-$1-vocab.txt" "$out/base/vocab.txt"
  printf '{"do_lower_case": %s}\n' "$([ "$1" = uncased ] && echo true || echo false)" > "$out/base/tokenizer_config.json"
  cat > "$out/base/config.json" <<CONFIG
{"model_type": "bert", "vocab_size": $(wc -l < "$out/base/vocab.txt"), "hidden_size": 128,
 "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 512,
 "max_position_embeddings": 128, "initializer_range": 0.05}
CONFIG
}

# train OPTION…: the original model.
train() {
  [ -d "$out/model" ] || deepcut train --data "$data" --out "$out/model" "$@"
}

# compare OPTION…: the methods, against retrained models of three seeds.
compare() {
  deepcut compare --model "$out/model" --data "$data" --holdout "$holdout" --eval "$eval" --out "$out/grid" "$@"
}
