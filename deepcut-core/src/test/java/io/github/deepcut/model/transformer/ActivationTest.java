package io.github.deepcut.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {

  /**
   * Φ(1) = .8413447; .5 (1 + tanh(√(2/π) (1 + .044715))) = .5 (1 + tanh .8335620) = .8411920; 1 /
   * (1 + 1/e) = .7310586; tanh 1 = .7615942.
   */
  @ParameterizedTest
  @CsvSource({
    "gelu, .8413447", "gelu_python, .8413447", "gelu_new, .8411920", "gelu_fast, .8411920",
    "gelu_accurate, .8411920", "gelu_pytorch_tanh, .8411920", "relu, 1", "silu, .7310586",
    "swish, .7310586", "tanh, .7615942"
  })
  void ofOne(String name, double expected) {
    var config = new ObjectMapper().createObjectNode().put("hidden_act", name);
    try (var scope = new PointerScope()) {
      Tensor y = Activation.of(config, "hidden_act", "relu").of(Tensor.create(new float[] {1}));
      assertThat((double) y.item_float()).isCloseTo(expected, within(1e-6));
    }
  }
}
