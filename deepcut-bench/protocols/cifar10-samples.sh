#!/usr/bin/env bash
# Contrastive Unlearning's sample protocol on 9,000 images of CIFAR-10: 100 of them.
. "$(dirname "$0")/common.sh"
cifar
compare --forget "position % 90 = 7" "$@"
