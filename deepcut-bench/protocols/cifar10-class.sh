#!/usr/bin/env bash
# Contrastive Unlearning's class protocol on 9,000 images of CIFAR-10: class 5, dogs.
. "$(dirname "$0")/common.sh"
cifar
compare --forget-class dog "$@"
