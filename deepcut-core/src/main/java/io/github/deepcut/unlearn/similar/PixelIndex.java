package io.github.deepcut.unlearn.similar;

import io.github.deepcut.data.ImageBatch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.tensor.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Images by their pixels: the means over an 8 × 8 grid in each channel, less the image's mean, of
 * unit length. What is compared is an image and its mirror image; the nearer of the two counts.
 */
final class PixelIndex implements SimilarRows {
  private static final int SIDE = 8;

  /** Images that are in memory as numbers at a time. */
  private static final int CHUNK = 256;

  private final int size;
  private final float[] retained; // (size, width)

  PixelIndex(List<? extends Input> rows) {
    size = rows.size();
    float[] all = new float[0];
    for (int from = 0; from < size; from += CHUNK) {
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard()) {
        float[] some = Tensors.floats(unit(grid(chunk(rows, from))));
        all = from == 0 ? new float[size * (some.length / chunk(rows, 0).size())] : all;
        System.arraycopy(some, 0, all, from * (all.length / size), some.length);
      }
    }
    retained = all;
  }

  @Override
  public void nearest(List<? extends Input> rows, int count, Each each) {
    for (int from = 0; from < rows.size(); from += CHUNK) {
      final float[] cosines; // (chunk, size)
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard()) {
        Tensor columns = Tensor.create(retained, size, retained.length / size).t(); // (width, size)
        Tensor asIs = grid(chunk(rows, from)); // (chunk, C, 8, 8)
        Tensor mirrored = asIs.flip(-1);
        cosines =
            Tensors.floats(unit(asIs).matmul(columns).maximum(unit(mirrored).matmul(columns)));
      }
      int first = from;
      IntStream.range(0, cosines.length / size)
          .parallel()
          .forEach(
              row -> {
                Nearest nearest = new Nearest(count);
                for (int i = 0; i < size; i++) {
                  nearest.offer(i, cosines[row * size + i]);
                }
                each.accept(first + row, nearest);
              });
    }
  }

  private static List<? extends Input> chunk(List<? extends Input> rows, int from) {
    return rows.subList(from, Math.min(rows.size(), from + CHUNK));
  }

  /** (n, C, 8, 8), on the processor wherever the model is. */
  private static Tensor grid(List<? extends Input> rows) {
    Tensor pixels = ImageBatch.of(rows.stream().map(Picture.class::cast).toList()).pixels();
    return torch.adaptive_avg_pool2d(pixels, SIDE, SIDE);
  }

  /** (n, C, 8, 8) to (n, width). */
  private static Tensor unit(Tensor grids) {
    Tensor flat = grids.flatten(1, -1);
    Tensor x = flat.sub(flat.mean(new long[] {1}, true, new ScalarTypeOptional()));
    Tensor norm = x.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
    return x.div(norm.clamp_min(new Scalar(1e-9)));
  }
}
