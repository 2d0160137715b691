#!/usr/bin/env bash
# 100 of 11,000 images of Fashion-MNIST: a fifth of fashion-mnist-samples.sh, for all methods and seeds.
. "$(dirname "$0")/common.sh"
fashion 11000
compare --forget "position % 110 = 7" "$@"
