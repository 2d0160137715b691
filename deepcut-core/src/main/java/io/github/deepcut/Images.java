package io.github.deepcut;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.image.Pictures;
import io.github.deepcut.model.vision.VisionConfig;
import java.util.List;

/** Images as model input; they share their pixels with the examples. */
record Images(VisionConfig config, List<String> labels) implements Inputs {

  @Override
  public List<? extends Input> encode(Dataset data) {
    LabeledImage first = (LabeledImage) data.examples().get(0);
    return Pictures.of(data, labels, config.expected(first.size()));
  }

  @Override
  public List<? extends Input> encodeLazily(Dataset data) {
    return encode(data);
  }

  @Override
  public void close() {}
}
