package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Fields;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * ALBERT (Lan et al. 2019, arXiv 1909.11942): narrow embeddings, and layers that share their
 * weights within a group.
 *
 * @param groups how many sets of weights there are
 * @param inner layers of a set, one after the other
 */
public record Albert(int groups, int inner) implements Family {
  private static final String PROJECT = "encoder.embedding_hidden_mapping_in";

  private static final int MOST_LAYERS = 1000;

  private static final Map<String, ?> DEFAULTS =
      Map.of(
          "vocab_size", 30000,
          "hidden_size", 4096,
          "num_attention_heads", 64,
          "intermediate_size", 16384,
          "hidden_act", "gelu_new",
          "hidden_dropout_prob", 0,
          "attention_probs_dropout_prob", 0);

  /** Of one layer of one group. */
  private static final LayerNames NAMES =
      new LayerNames(
          "encoder.albert_layer_groups.",
          "attention.query",
          "attention.key",
          "attention.value",
          "attention.dense",
          "attention.LayerNorm",
          "ffn",
          "ffn_output",
          "full_layer_layer_norm");

  static EncoderConfig config(JsonNode c) {
    int groups = Fields.size(c, "num_hidden_groups", 1);
    int inner = Fields.size(c, "inner_group_num", 1);
    EncoderConfig config =
        EncoderConfig.Values.of(c, DEFAULTS)
            .embedding(Fields.size(c, "embedding_size", 128))
            .headDropout("classifier_dropout_prob", 0.1)
            .with(new Albert(groups, inner));
    if (config.layers() > MOST_LAYERS) { // which no weights bound
      throw Fields.fail("num_hidden_layers", c.get("num_hidden_layers"), "at most " + MOST_LAYERS);
    }
    if (groups > config.layers()) {
      throw new InputException(
          "config.json: num_hidden_groups is %d, expected at most num_hidden_layers, which is %d"
              .formatted(groups, config.layers()));
    }
    return config;
  }

  @Override
  public String modelType() {
    return "albert";
  }

  @Override
  public String className() {
    return "Albert";
  }

  @Override
  public String prefix() {
    return "albert.";
  }

  private static String names(int group, int inner) {
    return NAMES.layers() + group + ".albert_layers." + inner + ".";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c));
    Parameter.addLinear(out, PROJECT, c.hidden(), c.embedding());
    for (int g = 0; g < groups; g++) {
      for (int k = 0; k < inner; k++) {
        out.addAll(PostNorm.parameters(c, NAMES, names(g, k)));
      }
    }
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.headDropout())
        : Head.of("albert.pooler", Tensor::tanh, c.headDropout());
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("predictions.", "sop_classifier.");
  }

  @Override
  public int layerSets(EncoderConfig c) {
    return groups;
  }

  @Override
  public String layerSetsKey() {
    return "num_hidden_groups";
  }

  @Override
  public String layers() {
    return NAMES.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    return new Shared(
        c,
        new Embeddings(c, weights).projectedBy(PROJECT),
        new PostNorm(c, weights, NAMES, Scores.Scaled.of(c)));
  }

  private record Shared(EncoderConfig config, Embeddings embeddings, PostNorm layers)
      implements Parts {

    @Override
    public Tensor embed(Tensor words, TextBatch batch, boolean training) {
      return embeddings.of(words, batch, training);
    }

    @Override
    public Tensor layer(int number, Tensor x, TextBatch batch, boolean training) {
      Albert its = (Albert) config.family();
      int group = number * its.groups() / config.layers();
      for (int k = 0; k < its.inner(); k++) {
        x = layers.layer(names(group, k), x, batch, training);
      }
      return x;
    }
  }
}
