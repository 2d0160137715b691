package io.github.deepcut.model.vision;

import java.util.Set;

/** What a checkpoint calls the parts of a network, without {@code .weight} and the like. */
public enum Naming {
  /** {@code ResNetForImageClassification} of transformers, and what this project writes. */
  HUGGINGFACE {
    @Override
    String stem() {
      return "resnet.embedder.embedder.convolution";
    }

    @Override
    String convolution(String block, int k) {
      return block + ".layer." + k + ".convolution";
    }

    @Override
    String block(int stage, int layer) {
      return "resnet.encoder.stages." + stage + ".layers." + layer;
    }

    @Override
    String shortcut(String block) {
      return block + ".shortcut.convolution";
    }

    @Override
    String norm(String convolution) {
      return convolution.replace("convolution", "normalization");
    }

    @Override
    public String classifier() {
      return "classifier.1";
    }
  },

  /** torchvision and timm. */
  TORCHVISION {
    @Override
    String stem() {
      return "conv1";
    }

    @Override
    String convolution(String block, int k) {
      return block + ".conv" + (k + 1);
    }

    @Override
    String block(int stage, int layer) {
      return "layer" + (stage + 1) + "." + layer;
    }

    @Override
    String shortcut(String block) {
      return block + ".downsample.0";
    }

    @Override
    String norm(String convolution) {
      return convolution.endsWith("downsample.0")
          ? convolution.replace("downsample.0", "downsample.1")
          : convolution.replace("conv", "bn");
    }

    @Override
    public String classifier() {
      return "fc";
    }
  };

  /** Which of them the tensors of a checkpoint follow; an empty one follows transformers. */
  public static Naming of(Set<String> tensors) {
    return tensors.contains("conv1.weight") ? TORCHVISION : HUGGINGFACE;
  }

  /** The first convolution. */
  abstract String stem();

  /** A residual block. */
  abstract String block(int stage, int layer);

  /** The k-th convolution on a block's way. */
  abstract String convolution(String block, int k);

  /** The convolution beside it, where widths or resolutions differ. */
  abstract String shortcut(String block);

  /** The batch norm after a convolution. */
  abstract String norm(String convolution);

  /** The last linear layer. */
  public abstract String classifier();
}
