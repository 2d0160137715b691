package io.github.deepcut.data;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Rows of model input as tensors, which belong to the pointer scope they were made in. */
public sealed interface Batch permits TextBatch, ImageBatch {

  /** Class index of each item, -1 where unknown (N); items are in the order of their rows. */
  int[] labels();

  /** The same on the device of {@code where}. */
  Batch beside(Tensor where);

  /** Packs rows, all of them of one kind, on the CPU. */
  static Batch of(List<? extends Input> rows) {
    return rows.get(0) instanceof Picture
        ? ImageBatch.of(rows.stream().map(Picture.class::cast).toList())
        : TextBatch.of(rows.stream().map(Sequence.class::cast).toList());
  }
}
