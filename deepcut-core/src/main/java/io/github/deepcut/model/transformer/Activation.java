package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.model.Fields;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The activations of feed-forward networks, under the names that transformers has for them. */
public enum Activation {
  /** x Φ(x) (Hendrycks and Gimpel, arXiv 1606.08415). */
  GELU("gelu", "gelu_python"),
  /** Its approximation by tanh; the four names differ in how it is computed alone. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate"),
  RELU("relu"),
  SILU("silu", "swish"),
  TANH("tanh");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  /** The one that {@code key} names; {@code otherwise} where it is silent. */
  static Activation of(JsonNode config, String key, String otherwise) {
    String name = Fields.text(config, key, otherwise);
    return Arrays.stream(values())
        .filter(a -> a.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                Fields.fail(
                    key,
                    config.get(key),
                    "one of "
                        + Arrays.stream(values())
                            .flatMap(a -> a.names.stream())
                            .sorted()
                            .toList()));
  }

  /** Of each number of {@code x}. */
  Tensor of(Tensor x) {
    return switch (this) {
      case GELU -> torch.gelu(x);
      case GELU_TANH -> torch.gelu(x, "tanh");
      case RELU -> x.relu();
      case SILU -> torch.silu(x);
      case TANH -> x.tanh();
    };
  }
}
