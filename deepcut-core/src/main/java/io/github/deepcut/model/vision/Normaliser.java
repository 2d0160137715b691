package io.github.deepcut.model.vision;

import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Makes input of pixels: (pixel - mean) / std, channel by channel. */
record Normaliser(Normalisation by) {

  /** (B, C, H, W) to the same, channels innermost in memory, which convolutions are faster on. */
  Tensor of(Tensor pixels) {
    return pixels
        .contiguous(MemoryFormat.ChannelsLast)
        .sub(Tensors.beside(column(by.mean()), pixels))
        .div(Tensors.beside(column(by.std()), pixels));
  }

  private static Tensor column(double[] values) {
    float[] all = new float[values.length];
    for (int c = 0; c < all.length; c++) {
      all[c] = (float) values[c];
    }
    return Tensor.create(all, 1, all.length, 1, 1);
  }
}
