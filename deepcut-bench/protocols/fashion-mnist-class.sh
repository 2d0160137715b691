#!/usr/bin/env bash
# Contrastive Unlearning's class protocol on Fashion-MNIST: class 5 is forgotten whole.
. "$(dirname "$0")/common.sh"
fashion
compare --forget-class 5 "$@"
