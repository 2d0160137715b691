package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * MPNet (Song et al. 2020, arXiv 2004.09297): RoBERTa's positions without segments, and scores that
 * have a bias by how far two tokens are apart, one for all layers, in T5's buckets (Raffel et al.
 * 2019, 1910.10683).
 */
public record Mpnet() implements Family {
  private static final String BIAS = "encoder.relative_attention_bias.weight";

  /** Buckets, and the distance from which on there is one; both are fixed in transformers. */
  private static final int BUCKETS = 32;

  private static final int FAR = 128;

  /** Fixed as well, whatever pad_token_id says. */
  private static final int PAD = 1;

  private static final LayerNames NAMES =
      new LayerNames(
          "encoder.layer.",
          "attention.attn.q",
          "attention.attn.k",
          "attention.attn.v",
          "attention.attn.o",
          "attention.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  static EncoderConfig config(JsonNode c) {
    int buckets = Fields.size(c, "relative_attention_num_buckets", BUCKETS);
    if (buckets != BUCKETS) {
      throw Fields.fail(
          "relative_attention_num_buckets", c.get("relative_attention_num_buckets"), "32");
    }
    EncoderConfig config =
        EncoderConfig.Values.of(c, Map.of("vocab_size", 30527, "pad_token_id", PAD))
            .types(0)
            .with(new Mpnet());
    if (config.padId() != PAD) {
      throw Fields.fail("pad_token_id", c.get("pad_token_id"), "1");
    }
    return config;
  }

  @Override
  public String modelType() {
    return "mpnet";
  }

  @Override
  public String className() {
    return "MPNet";
  }

  @Override
  public String prefix() {
    return "mpnet.";
  }

  @Override
  public int firstPosition(int padId) {
    return PAD + 1;
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c));
    out.addAll(PostNorm.parameters(c, NAMES));
    out.add(new Parameter(BIAS, BUCKETS, c.heads()));
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER ? Head.linear(c.dropout()) : Roberta.head(Tensor::tanh, c.dropout());
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("lm_head.");
  }

  @Override
  public String layers() {
    return NAMES.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    return new Bert.Layers(
        new Embeddings(c, weights).passingPads(),
        new PostNorm(c, weights, NAMES, new Biased(Scores.Scaled.of(c), weights)),
        NAMES);
  }

  private record Biased(Scores scaled, Weights weights) implements Scores {
    @Override
    public Tensor of(String layer, Tensor queries, Tensor keys, TextBatch batch) {
      Tensor table = weights.get(BIAS);
      Tensor bias = torch.embedding(table, buckets(Heads.distances(batch, table))); // (T, T, h)
      return scaled.of(layer, queries, keys, batch).add(bias.permute(2, 0, 1).unsqueeze(0));
    }
  }

  /**
   * The bucket of i - j (T, T): half of them for tokens behind, half for those before; half of each
   * for one distance, the others for a range that widens by the logarithm up to {@value #FAR}.
   */
  private static Tensor buckets(Tensor distance) {
    int half = BUCKETS / 2;
    int exact = half / 2;
    Tensor side = distance.lt(new Scalar(0)).to(torch.ScalarType.Long).mul(new Scalar(half));
    Tensor n = distance.abs();
    Tensor far =
        n.to(torch.ScalarType.Float)
            .div(new Scalar(exact))
            .log()
            .div(new Scalar(Math.log((double) FAR / exact)))
            .mul(new Scalar(half - exact))
            .nan_to_num()
            .to(torch.ScalarType.Long)
            .add(new Scalar(exact))
            .clamp_max(new Scalar(half - 1));
    return side.add(torch.where(n.lt(new Scalar(exact)), n, far));
  }
}
