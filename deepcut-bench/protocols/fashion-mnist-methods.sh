#!/usr/bin/env bash
# 100 of 5,500 images of Fashion-MNIST: a tenth of fashion-mnist-samples.sh, for all methods and seeds.
. "$(dirname "$0")/common.sh"
fashion 5500
compare --forget "position % 55 = 7" "$@"
