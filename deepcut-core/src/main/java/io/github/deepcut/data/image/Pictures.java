package io.github.deepcut.data.image;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Names;
import io.github.deepcut.data.Picture;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns labelled images into model input. */
public final class Pictures {
  private Pictures() {}

  /**
   * One picture for each example, in their order; a grey one is given three equal channels if the
   * model expects three.
   *
   * @param labels the model's classes, in order
   * @param expected the size of image that the model takes
   * @throws InputException if an image is of another size, or its label none of the model's
   */
  public static List<Picture> of(Dataset data, List<String> labels, ImageSize expected) {
    Map<String, Integer> classes = new HashMap<>();
    for (String label : labels) {
      classes.put(label, classes.size());
    }
    List<Picture> pictures = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      LabeledImage image = (LabeledImage) data.examples().get(i);
      int label = image.label() == null ? -1 : classes.getOrDefault(image.label(), labels.size());
      if (label == labels.size()) {
        throw new InputException(
            "%s: example %s: label '%s' is none of the model's: %s"
                .formatted(data.source(), image.id(), image.label(), Names.first(10, labels)));
      }
      Pixels pixels = fitted(image, expected, data.source());
      pictures.add(new Picture(i, pixels.values(), expected, new int[] {label}));
    }
    return pictures;
  }

  private static Pixels fitted(LabeledImage image, ImageSize expected, String source) {
    Pixels pixels = new Pixels(image.pixels(), image.size());
    Pixels fitted = expected.channels() == 3 ? pixels.coloured() : pixels;
    if (!fitted.size().equals(expected)) {
      throw new InputException(
          "%s: example %s: an image of %s, the model takes %s"
              .formatted(source, image.id(), words(image.size()), words(expected)));
    }
    return fitted;
  }

  private static String words(ImageSize size) {
    return "%d × %d pixels in %s"
        .formatted(size.width(), size.height(), size.channels() == 1 ? "grey" : "colour");
  }
}
