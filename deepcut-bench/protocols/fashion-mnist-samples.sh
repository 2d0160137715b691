#!/usr/bin/env bash
# Contrastive Unlearning's sample protocol on Fashion-MNIST: 500 of 55,000 images.
. "$(dirname "$0")/common.sh"
fashion
compare --forget "position % 110 = 7" "$@"
