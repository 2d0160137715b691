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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
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
 * @param kernel of the convolution beside the first layer; 0 for none
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

  private static final String TABLE = "encoder.rel_embeddings";
  private static final String PROJECT = "embeddings.embed_proj.weight";
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
  record Pooler(int width, double dropout, Activation activation) {}

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
    int hidden = Fields.size(c, "hidden_size", 1536);
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
                c.hasNonNull("pooler_hidden_size")
                    ? Fields.size(c, "pooler_hidden_size", hidden)
                    : hidden,
                Fields.rate(c, "pooler_dropout", 0),
                Activation.of(c, "pooler_hidden_act", "gelu")));
    return EncoderConfig.Values.of(c)
        .vocabulary(128100)
        .sizes(1536, 24, 24, 6144)
        .types(c.has("type_vocab_size") ? nonNegative(c, "type_vocab_size") : 0)
        .epsilon(1e-7)
        .embedding(
            c.hasNonNull("embedding_size") ? Fields.size(c, "embedding_size", hidden) : hidden)
        .headDropout("cls_dropout", -1)
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
      out.add(new Parameter(TABLE + ".weight", 2L * span, c.hidden()));
    }
    if (normed) {
      Parameter.addNorm(out, "encoder.LayerNorm", c.hidden());
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
  public Parts over(EncoderConfig c, Weights weights) {
    Scores plain = new Scores.Scaled(scale(c)); // by the terms that there would be, as transformers
    Scores scores = span > 0 ? new Disentangled(c, this, plain, weights) : plain;
    return new Body(
        c,
        this,
        weights,
        new Embeddings(c, weights, absolute, false),
        new PostNorm(c, weights, NAMES, scores));
  }

  private double scale(EncoderConfig c) {
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

  /**
   * (QK' + Q Kr[δ]' + K Qr[δ]') / sqrt(d·t), Kr and Qr of the table of relative positions, δ the
   * bucket of the distance, t how many terms there are (arXiv 2006.03654, Eq. 4).
   */
  private record Disentangled(EncoderConfig config, DebertaV2 its, Scores plain, Weights weights)
      implements Scores {

    @Override
    public Tensor of(String layer, Tensor queries, Tensor keys, TextBatch batch) {
      Scalar scale = new Scalar(its.scale(config));
      Tensor scores = plain.of(layer, queries, keys, batch); // (B, h, T, T)
      Tensor distance = its.bucket(Heads.distances(batch, queries)); // (T, T)
      String self = layer + "attention.self.";
      if (its.content()) {
        Tensor kr = positions(self + (its.shared() ? "key_proj" : "pos_key_proj"));
        Tensor by = torch.matmul(queries, kr.transpose(-1, -2)); // (B, h, T, 2 span)
        scores = scores.add(by.gather(3, index(distance, by)).mul(scale));
      }
      if (its.place()) {
        Tensor qr = positions(self + (its.shared() ? "query_proj" : "pos_query_proj"));
        Tensor by = torch.matmul(keys, qr.transpose(-1, -2)); // (B, h, T, 2 span)
        Tensor gathered = by.gather(3, index(distance.neg(), by)).transpose(-1, -2);
        scores = scores.add(gathered.mul(scale));
      }
      return scores;
    }

    /** The table of positions under a projection, by heads (h, 2 span, d). */
    private Tensor positions(String projection) {
      Tensor table = weights.get(TABLE + ".weight");
      if (its.normed()) {
        table = Linear.norm(weights, "encoder.LayerNorm", table, config.epsilon());
      }
      int h = config.heads();
      return Linear.of(weights, projection, table)
          .view(2L * its.span(), h, config.hidden() / h)
          .transpose(0, 1);
    }

    private Tensor index(Tensor distance, Tensor like) {
      Tensor at = distance.add(new Scalar(its.span()));
      return at.clamp_min(new Scalar(0))
          .clamp_max(new Scalar(2 * its.span() - 1))
          .view(1, 1, at.size(0), at.size(1))
          .expand(like.size(0), like.size(1), at.size(0), at.size(1));
    }
  }

  /** Distances (T, T) as they are up to half of the buckets, beyond that by their logarithm. */
  private Tensor bucket(Tensor distance) {
    if (buckets == 0) {
      return distance;
    }
    int mid = buckets / 2;
    Tensor size = distance.abs();
    Tensor near = size.le(new Scalar(mid));
    Tensor log =
        size.clamp_min(new Scalar(mid))
            .to(torch.ScalarType.Float)
            .div(new Scalar(mid))
            .log()
            .div(new Scalar((float) Math.log((float) ((farthest - 1.0) / mid))))
            .mul(new Scalar(mid - 1))
            .ceil()
            .add(new Scalar(mid))
            .to(torch.ScalarType.Long);
    return torch.where(near, distance, log.mul(distance.sign()));
  }
}
