package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * DeBERTa in its second and third version (He et al., arXiv 2006.03654 and 2111.09543), mDeBERTa
 * among them: what a token is and where it stands are kept apart, and scores are sums of content to
 * content, content to position and position to content.
 *
 * @param span positions to either side that are told apart; 0 where scores know no positions
 * @param buckets of them; 0 where each distance has its own
 * @param farthest the distance that the last bucket ends at
 * @param content whether content looks at positions ({@code c2p})
 * @param place whether positions look at content ({@code p2c})
 * @param shared whether positions go through the content's projections
 * @param normed whether the table of positions is normalised
 * @param absolute whether there are BERT's positions, too
 * @param kernel the convolution beside the first layer
 * @param pooler what the head of sentences begins with
 */
public record DebertaV2(
    int span,
    int buckets,
    int farthest,
    boolean content,
    boolean place,
    boolean shared,
    boolean normed,
    boolean absolute,
    Convolution kernel,
    Pooler pooler)
    implements Family {

  private static final String PROJECT = "embeddings.embed_proj.weight";
  private static final Map<String, ?> DEFAULTS =
      Map.of(
          "vocab_size", 128100,
          "hidden_size", 1536,
          "num_hidden_layers", 24,
          "num_attention_heads", 24,
          "intermediate_size", 6144,
          "layer_norm_eps", 1e-7);
  private static final Set<String> KINDS = Set.of("c2p", "p2c");
  private static final LayerNames NAMES =
      new LayerNames(
          "encoder.layer.",
          "attention.self.query_proj",
          "attention.self.key_proj",
          "attention.self.value_proj",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  /** Beside the first layer (v2-xlarge); size 0 for none. */
  record Convolution(int size, int groups, Activation activation) {}

  /** Over the first token. */
  record Pooler(double dropout, Activation activation) {}

  static EncoderConfig config(JsonNode c) {
    boolean relative = Fields.flag(c, "relative_attention", false);
    int positions = Fields.size(c, "max_position_embeddings", 512);
    int farthest = atLeastOne(c, "max_relative_positions", positions);
    int buckets = relative ? atLeastOne(c, "position_buckets", 0) : 0;
    Set<String> kinds = kinds(c);
    int kernel = c.hasNonNull("conv_kernel_size") ? nonNegative(c, "conv_kernel_size") : 0;
    if (kernel > 0 && kernel % 2 == 0) {
      throw Fields.fail("conv_kernel_size", c.get("conv_kernel_size"), "an odd number");
    }
    EncoderConfig.Values values = EncoderConfig.Values.of(c, DEFAULTS);
    int hidden = values.hidden();
    if (c.hasNonNull("pooler_hidden_size")
        && Fields.size(c, "pooler_hidden_size", hidden) != hidden) {
      throw Fields.fail(
          "pooler_hidden_size", c.get("pooler_hidden_size"), hidden + ", as hidden_size has it");
    }
    DebertaV2 family =
        new DebertaV2(
            relative ? (buckets > 0 ? buckets : farthest) : 0,
            buckets,
            farthest,
            kinds.contains("c2p"),
            kinds.contains("p2c"),
            Fields.flag(c, "share_att_key", false),
            relative && norms(c).contains("layer_norm"),
            Fields.flag(c, "position_biased_input", true),
            new Convolution(
                kernel, Fields.size(c, "conv_groups", 1), Activation.of(c, "conv_act", "tanh")),
            new Pooler(
                Fields.rate(c, "pooler_dropout", 0),
                Activation.of(c, "pooler_hidden_act", "gelu")));
    return values
        .types(c.has("type_vocab_size") ? nonNegative(c, "type_vocab_size") : 0)
        .embedding(
            c.hasNonNull("embedding_size") ? Fields.size(c, "embedding_size", hidden) : hidden)
        .headDropout("cls_dropout")
        .with(family);
  }

  /** A size, or -1 for {@code otherwise}. */
  private static int atLeastOne(JsonNode c, String key, int otherwise) {
    boolean none = c.path(key).isInt() && c.get(key).asInt() < 1;
    return none ? otherwise : Fields.size(c, key, otherwise);
  }

  private static int nonNegative(JsonNode c, String key) {
    return c.path(key).isInt() && c.get(key).asInt() == 0 ? 0 : Fields.size(c, key, 0);
  }

  /** {@code "p2c|c2p"}, or a list of these. */
  private static Set<String> kinds(JsonNode c) {
    JsonNode v = c.path("pos_att_type");
    Set<String> kinds = new TreeSet<>();
    if (v.isArray()) {
      v.forEach(k -> kinds.add(k.asText()));
    } else if (!v.isNull() && !v.isMissingNode()) {
      kinds.addAll(parts(v.asText()));
    }
    if (!KINDS.containsAll(kinds)) {
      throw Fields.fail("pos_att_type", v, "c2p, p2c or both");
    }
    return kinds;
  }

  private static Set<String> norms(JsonNode c) {
    return parts(Fields.text(c, "norm_rel_ebd", "none"));
  }

  private static Set<String> parts(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\|"))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public String modelType() {
    return "deberta-v2";
  }

  @Override
  public String className() {
    return "DebertaV2";
  }

  @Override
  public String prefix() {
    return "deberta.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c, absolute, c.hidden()));
    if (c.embedding() != c.hidden()) {
      out.add(new Parameter(PROJECT, c.hidden(), c.embedding()));
    }
    for (int i = 0; i < c.layers(); i++) {
      String base = NAMES.layer(i);
      out.addAll(PostNorm.parameters(c, NAMES, base));
      if (span > 0 && !shared && content) {
        Parameter.addLinear(out, base + "attention.self.pos_key_proj", c.hidden(), c.hidden());
      }
      if (span > 0 && !shared && place) {
        Parameter.addLinear(out, base + "attention.self.pos_query_proj", c.hidden(), c.hidden());
      }
    }
    if (span > 0) {
      out.add(new Parameter(Disentangled.TABLE + ".weight", 2L * span, c.hidden()));
    }
    if (normed) {
      Parameter.addNorm(out, Disentangled.NORM, c.hidden());
    }
    if (kernel.size() > 0) {
      out.add(
          new Parameter(
              "encoder.conv.conv.weight", c.hidden(), c.hidden() / kernel.groups(), kernel.size()));
      out.add(new Parameter("encoder.conv.conv.bias", c.hidden()));
      Parameter.addNorm(out, "encoder.conv.LayerNorm", c.hidden());
    }
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.dropout())
        : new Head(
            Optional.of(Head.Dense.of("pooler.dense", pooler.activation()::of, pooler.dropout())),
            c.headDropout(),
            "classifier");
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("lm_predictions.", "mask_predictions.", "cls.");
  }

  @Override
  public String layers() {
    return NAMES.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    Scores plain = new Scores.Scaled(scale(c)); // by the terms that there would be, as transformers
    Scores scores = span > 0 ? new Disentangled(c, this, plain, weights) : plain;
    return new Body(
        c,
        this,
        weights,
        new Embeddings(c, weights).positions(absolute),
        new PostNorm(c, weights, NAMES, scores));
  }

  /** What products of queries and keys are multiplied by. */
  double scale(EncoderConfig c) {
    int terms = 1 + (content ? 1 : 0) + (place ? 1 : 0);
    return 1 / Math.sqrt((double) c.hidden() / c.heads() * terms);
  }

  private record Body(
      EncoderConfig config, DebertaV2 its, Weights weights, Embeddings embeddings, PostNorm layers)
      implements Parts {

    @Override
    public Tensor embed(Tensor words, TextBatch batch, boolean training) {
      Tensor x = embeddings.sum(words, batch); // (R, E)
      boolean narrow = config.embedding() != config.hidden();
      return embeddings.normed(narrow ? torch.linear(x, weights.get(PROJECT)) : x, training);
    }

    @Override
    public Tensor layer(int number, Tensor x, TextBatch batch, boolean training) {
      Tensor out = layers.layer(NAMES.layer(number), x, batch, training);
      return number == 0 && its.kernel().size() > 0
          ? Local.of(() -> convolved(x, out, batch, training))
          : out;
    }

    @Override
    public Tensor items(int number, Tensor x, TextBatch batch, boolean training) {
      return number == 0 && its.kernel().size() > 0
          ? Parts.super.items(number, x, batch, training)
          : layers.items(NAMES.layer(number), x, batch, training);
    }

    /** What neighbours are, by a convolution over what the layer saw, added to its output. */
    private Tensor convolved(Tensor in, Tensor out, TextBatch batch, boolean training) {
      Convolution c = its.kernel();
      Tensor grid = Heads.spread(in, batch).view(batch.rows(), batch.columns(), config.hidden());
      Tensor conv =
          torch.conv1d(
              grid.transpose(1, 2).contiguous(),
              weights.get("encoder.conv.conv.weight"),
              new TensorOptional(weights.get("encoder.conv.conv.bias")),
              new long[] {1},
              new long[] {(c.size() - 1) / 2},
              new long[] {1},
              c.groups()); // (B, H, T)
      Tensor rows = conv.transpose(1, 2).reshape(-1, config.hidden());
      Tensor x = Heads.packed(rows, batch); // (R, H)
      x = c.activation().of(new Dropout(config.dropout(), training).of(x));
      return Linear.norm(weights, "encoder.conv.LayerNorm", out.add(x), config.epsilon());
    }
  }
}
