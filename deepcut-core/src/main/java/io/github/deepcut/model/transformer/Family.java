package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Optional;

/** What is particular to a family of encoders: names, parameters, heads, and how it computes. */
public interface Family {

  /** {@code model_type} in {@code config.json}. */
  String modelType();

  /** Start of the class names in {@code architectures} of {@code config.json}. */
  String className();

  /** Of the encoder's tensors in a model with a head, such as {@code bert.}. */
  String prefix();

  /** The encoder's parameters, without its prefix, in the order in which transformers has them. */
  List<Parameter> parameters(EncoderConfig c);

  /** The classifier over sentences or words. */
  Head head(Task task, EncoderConfig c);

  /** What guesses hidden tokens; empty where that is not computed here. */
  default Optional<LanguageHead> languageHead() {
    return Optional.empty();
  }

  /** Prefixes of the tensors of all heads that the family is pretrained with. */
  List<String> pretrainingHeads();

  /** The row of the position table that a first token has; RoBERTa counts from its padding id. */
  default int firstPosition(int padId) {
    return 0;
  }

  /** Whether a tensor of its head is one that encoders are pretrained with, such as a pooler. */
  default boolean isPretrained(String name) {
    return name.contains("pooler");
  }

  /** What the number of a layer follows in the names of the encoder's tensors. */
  String layers();

  /** How many sets of a layer's weights there are; as many as layers but in ALBERT. */
  default int layerSets(EncoderConfig c) {
    return c.layers();
  }

  /** The key of {@code config.json} that says so. */
  default String layerSetsKey() {
    return "num_hidden_layers";
  }

  /** Whether a sentence is the mean of its tokens, else its first. */
  default boolean averages() {
    return false;
  }

  /** The encoder over {@code weights} without their prefix. */
  Parts over(EncoderConfig c, Weights weights);

  /**
   * The family that {@code model_type} of a {@code config.json} names.
   *
   * @throws io.github.deepcut.run.InputException if there is no such, or a value is wrong
   */
  static Family of(JsonNode config) {
    return EncoderConfig.of(config).family();
  }
}
