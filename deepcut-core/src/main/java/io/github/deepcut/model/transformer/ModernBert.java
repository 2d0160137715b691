package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * ModernBERT (Warner et al. 2024, arXiv 2412.13663): pre-norm layers without biases, rotary
 * positions, gated feed-forward networks; most layers look no further than a window.
 *
 * @param global of each layer, whether it looks at all tokens
 * @param window how far the others look to either side
 * @param globalTheta base of the rotations in layers of the first kind
 * @param localTheta of the second
 * @param embeddingDropout after the embeddings
 * @param feedDropout within the feed-forward networks
 * @param averages whether a sentence is the mean of its tokens
 * @param classifier the activation of the head
 */
public record ModernBert(
    List<Boolean> global,
    int window,
    double globalTheta,
    double localTheta,
    double embeddingDropout,
    double feedDropout,
    boolean averages,
    Activation classifier)
    implements Family {

  private static final String WORDS = "embeddings.tok_embeddings";
  private static final String LAYERS = "layers.";

  /** A score that is as good as none, but finite: a row of the grid's padding sees nothing else. */
  private static final double FAR = -1e9;

  private static final List<String> KINDS = List.of("full_attention", "sliding_attention");

  static EncoderConfig config(JsonNode c) {
    List.of("attention_bias", "mlp_bias", "norm_bias", "classifier_bias")
        .forEach(key -> Fields.requireNot(c, key));
    int layers = Fields.size(c, "num_hidden_layers", 22);
    int hidden = Fields.size(c, "hidden_size", 768);
    String pooling = Fields.text(c, "classifier_pooling", "cls");
    if (!List.of("cls", "mean").contains(pooling)) {
      throw Fields.fail("classifier_pooling", c.get("classifier_pooling"), "cls or mean");
    }
    ModernBert family =
        new ModernBert(
            global(c, layers),
            Fields.size(c, "local_attention", 128) / 2,
            theta(c, KINDS.get(0), "global_rope_theta", 160_000),
            theta(c, KINDS.get(1), "local_rope_theta", 10_000),
            Fields.rate(c, "embedding_dropout", 0),
            Fields.rate(c, "mlp_dropout", 0),
            pooling.equals("mean"),
            Activation.of(c, "classifier_activation", "gelu"));
    return new EncoderConfig(
        family,
        Fields.size(c, "vocab_size", 50_368),
        hidden,
        hidden,
        layers,
        Fields.size(c, "num_attention_heads", 12),
        Fields.size(c, "intermediate_size", 1152),
        Fields.size(c, "max_position_embeddings", 8192),
        0,
        EncoderConfig.padId(c, 50_283),
        Activation.of(c, "hidden_activation", "gelu"),
        Fields.number(c, "norm_eps", 1e-5, 0, 1),
        0,
        Fields.rate(c, "attention_dropout", 0),
        Fields.rate(c, "classifier_dropout", 0),
        Fields.number(c, "initializer_range", 0.02, 0, 100));
  }

  /** By {@code layer_types}, or, in older files, each so many layers. */
  private static List<Boolean> global(JsonNode c, int layers) {
    JsonNode types = c.path("layer_types");
    if (!types.isArray()) {
      int every = Fields.size(c, "global_attn_every_n_layers", 3);
      return IntStream.range(0, Math.min(layers, 1000)).mapToObj(i -> i % every == 0).toList();
    }
    List<Boolean> global = new ArrayList<>();
    for (JsonNode type : types) {
      if (!KINDS.contains(type.asText())) {
        throw Fields.fail("layer_types", type, String.join(" or ", KINDS));
      }
      global.add(type.asText().equals(KINDS.get(0)));
    }
    if (global.size() != layers) {
      throw Fields.fail("layer_types", types, layers + " kinds, as num_hidden_layers says");
    }
    return List.copyOf(global);
  }

  private static double theta(JsonNode c, String kind, String old, double otherwise) {
    JsonNode its = c.path("rope_parameters").path(kind);
    String type = Fields.text(its, "rope_type", "default");
    if (!type.equals("default")) {
      throw Fields.fail("rope_type", its.get("rope_type"), "default");
    }
    double older = Fields.number(c, old, otherwise, 1, 1e12);
    return Fields.number(its, "rope_theta", older, 1, 1e12);
  }

  @Override
  public String modelType() {
    return "modernbert";
  }

  @Override
  public String className() {
    return "ModernBert";
  }

  @Override
  public String prefix() {
    return "model.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    int h = c.hidden();
    List<Parameter> out = new ArrayList<>();
    out.add(new Parameter(WORDS + ".weight", c.vocabulary(), h));
    out.add(new Parameter("embeddings.norm.weight", h));
    for (int i = 0; i < c.layers(); i++) {
      String base = layer(i);
      if (i > 0) {
        out.add(new Parameter(base + "attn_norm.weight", h));
      }
      out.add(new Parameter(base + "attn.Wqkv.weight", 3L * h, h));
      out.add(new Parameter(base + "attn.Wo.weight", h, h));
      out.add(new Parameter(base + "mlp_norm.weight", h));
      out.add(new Parameter(base + "mlp.Wi.weight", 2L * c.intermediate(), h));
      out.add(new Parameter(base + "mlp.Wo.weight", h, c.intermediate()));
    }
    out.add(new Parameter("final_norm.weight", h));
    return out;
  }

  private static String layer(int number) {
    return LAYERS + number + ".";
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return new Head(
        Optional.of(new Normed(classifier, c.epsilon())), c.headDropout(), "classifier");
  }

  /** A linear layer without bias, an activation, a norm. */
  private record Normed(Activation activation, double epsilon) implements Head.Dense {
    @Override
    public List<Parameter> parameters(int width) {
      return List.of(
          new Parameter("head.dense.weight", width, width),
          new Parameter("head.norm.weight", width));
    }

    @Override
    public Tensor of(Tensor x, Weights all, boolean training) {
      Tensor h = activation.of(Linear.plain(all, "head.dense", x));
      return Linear.scaled(all, "head.norm", h, epsilon);
    }
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("decoder.");
  }

  @Override
  public boolean isPretrained(String name) {
    return name.startsWith("head.");
  }

  @Override
  public String layers() {
    return LAYERS;
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    int width = c.hidden() / c.heads();
    return new PreNorm(
        c, this, weights, frequencies(globalTheta, width), frequencies(localTheta, width));
  }

  /** By how much each pair of a head's numbers is turned from one token to the next (d/2). */
  private static float[] frequencies(double theta, int width) {
    float[] out = new float[width / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (1 / Math.pow(theta, i / (double) out.length));
    }
    return out;
  }

  /** The sine and cosine of the angle of each column and number of a head, both (T, d). */
  private record Rotation(Tensor cos, Tensor sin) {
    static Rotation of(float[] frequencies, TextBatch batch, Tensor beside) {
      int half = frequencies.length;
      float[] angles = new float[batch.columns() * 2 * half];
      for (int t = 0; t < batch.columns(); t++) {
        for (int i = 0; i < half; i++) {
          float angle = t * frequencies[i];
          angles[t * 2 * half + i] = angle;
          angles[t * 2 * half + half + i] = angle;
        }
      }
      Tensor all = Tensors.beside(Tensor.create(angles, batch.columns(), 2L * half), beside);
      return new Rotation(all.cos(), all.sin());
    }

    /** Queries or keys (B, h, T, d), turned by where they stand (Su et al., arXiv 2104.09864). */
    Tensor turned(Tensor x) {
      TensorVector halves = x.chunk(2, -1);
      Tensor across = torch.cat(new TensorVector(halves.get(1).neg(), halves.get(0)), -1);
      return x.mul(cos).add(across.mul(sin));
    }
  }

  private record PreNorm(
      EncoderConfig config, ModernBert its, Weights weights, float[] global, float[] local)
      implements Parts {
    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public Tensor embed(Tensor words, TextBatch batch, boolean training) {
      boolean drops = training && weights.get(WORDS + ".weight").requires_grad();
      return new Dropout(its.embeddingDropout(), drops).of(norm("embeddings.norm", words));
    }

    @Override
    public Tensor layer(int number, Tensor x, TextBatch batch, boolean training) {
      String base = ModernBert.layer(number);
      boolean drops = training && weights.get(base + "attn.Wqkv.weight").requires_grad();
      return Local.of(
          () -> {
            Tensor in = number == 0 ? x : norm(base + "attn_norm", x);
            Tensor a = x.add(Local.of(() -> attention(number, base, in, batch, drops)));
            return a.add(fed(base, norm(base + "mlp_norm", a), drops));
          });
    }

    @Override
    public Tensor last(Tensor x) {
      return norm("final_norm", x);
    }

    private Tensor attention(int number, String base, Tensor x, TextBatch batch, boolean training) {
      Tensor qkv = Linear.plain(weights, base + "attn.Wqkv", x); // (R, 3H)
      TensorVector parts = Heads.split(qkv, batch, 3, config.heads()).unbind(0); // (B, h, T, d)
      boolean everywhere = its.global().get(number);
      Rotation rotation = Rotation.of(everywhere ? global : local, batch, x);
      Tensor q = rotation.turned(parts.get(0));
      Tensor scores = Scores.Scaled.of(config).of(base, q, rotation.turned(parts.get(1)), batch);
      if (!everywhere && batch.columns() > its.window() + 1) {
        Tensor beyond = Heads.distances(batch, x).abs().gt(new Scalar(its.window())); // (T, T)
        scores = scores.masked_fill(beyond, new Scalar(FAR));
      }
      Dropout dropout = new Dropout(config.attentionDropout(), training);
      Tensor context = Heads.packed(Heads.gathered(scores, parts.get(2), batch, dropout), batch);
      return dropout.of(Linear.plain(weights, base + "attn.Wo", context));
    }

    private Tensor fed(String base, Tensor x, boolean training) {
      TensorVector halves = Linear.plain(weights, base + "mlp.Wi", x).chunk(2, -1); // (R, I) each
      Tensor h = config.activation().of(halves.get(0)).mul(halves.get(1));
      return Linear.plain(weights, base + "mlp.Wo", new Dropout(its.feedDropout(), training).of(h));
    }

    private Tensor norm(String name, Tensor x) {
      return Linear.scaled(weights, name, x, config.epsilon());
    }
  }
}
