package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ELECTRA (Clark et al. 2020, arXiv 2003.10555): BERT's layers over embeddings that may be narrower
 * and are then projected, and a head with GELU.
 */
public record Electra() implements Family {
  private static final String PROJECT = "embeddings_project";

  static EncoderConfig config(JsonNode c) {
    return EncoderConfig.Values.of(c)
        .embedding(Fields.size(c, "embedding_size", 128))
        .sizes(256, 12, 4, 1024)
        .with(new Electra());
  }

  @Override
  public String modelType() {
    return "electra";
  }

  @Override
  public String className() {
    return "Electra";
  }

  @Override
  public String prefix() {
    return "electra.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c, true, c.embedding()));
    if (c.embedding() != c.hidden()) {
      Parameter.addLinear(out, PROJECT, c.hidden(), c.embedding());
    }
    out.addAll(PostNorm.parameters(c, LayerNames.BERT));
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.headDropout())
        : Roberta.head(torch::gelu, c.headDropout());
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("discriminator_predictions.", "generator_predictions.", "generator_lm_head.");
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    Parts bert = new Bert().over(c, weights);
    return c.embedding() == c.hidden() ? bert : new Projected(weights, bert);
  }

  /** BERT's parts with embeddings that are projected to the layers' width. */
  private record Projected(Weights weights, Parts bert) implements Parts {
    @Override
    public Tensor embed(Tensor words, TextBatch batch, boolean training) {
      return Linear.of(weights, PROJECT, bert.embed(words, batch, training)); // (R, H)
    }

    @Override
    public Tensor layer(int number, Tensor x, TextBatch batch, boolean training) {
      return bert.layer(number, x, batch, training);
    }

    @Override
    public Tensor items(int number, Tensor x, TextBatch batch, boolean training) {
      return bert.items(number, x, batch, training);
    }
  }
}
