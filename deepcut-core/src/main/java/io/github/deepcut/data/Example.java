package io.github.deepcut.data;

/** One row of a dataset, under its stable id: its {@code id} column, else its 0-based position. */
public sealed interface Example permits LabeledText, TaggedSentence, LabeledImage {
  String id();
}
