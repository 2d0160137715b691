package io.github.deepcut;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Picture;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images as model input; they share their pixels with the examples. */
record Images(VisionConfig config, List<String> labels) implements Inputs {

  @Override
  public List<? extends Input> encode(Dataset data) {
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    List<Picture> out = new ArrayList<>(data.size());
    for (Example example : data.examples()) {
      LabeledImage image = (LabeledImage) example;
      if (!config.takes(image.size())) {
        throw new InputException(
            "%s: image %s is %s, but the model takes %s"
                .formatted(data.source(), image.id(), image.size(), config.expected()));
      }
      out.add(new Picture(out.size(), image.pixels(), image.size(), label(index, image, data)));
    }
    return out;
  }

  private int[] label(Map<String, Integer> index, LabeledImage image, Dataset data) {
    if (image.label() != null && !index.containsKey(image.label())) {
      throw new InputException(
          "%s: image %s has the label '%s', which the model lacks; it has %s"
              .formatted(data.source(), image.id(), image.label(), labels));
    }
    return new int[] {image.label() == null ? -1 : index.get(image.label())};
  }

  @Override
  public List<? extends Input> encodeLazily(Dataset data) {
    return encode(data);
  }

  @Override
  public void close() {}
}
