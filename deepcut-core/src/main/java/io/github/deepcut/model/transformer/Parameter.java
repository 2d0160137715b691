package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor that an encoder or a head needs.
 *
 * @param name checkpoint name, without the encoder's prefix
 */
public record Parameter(String name, long... shape) {

  /** The encoder's parameters in the order in which transformers writes them. */
  public static List<Parameter> ofEncoder(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>();
    String e = "embeddings.";
    out.add(new Parameter(e + "word_embeddings.weight", c.vocabulary(), c.hidden()));
    out.add(new Parameter(e + "position_embeddings.weight", c.positions(), c.hidden()));
    if (c.typeVocabulary() > 0) {
      out.add(new Parameter(e + "token_type_embeddings.weight", c.typeVocabulary(), c.hidden()));
    }
    addNorm(out, e + "LayerNorm", c.hidden());
    var names = c.architecture().layerNames();
    for (int i = 0; i < c.layers(); i++) {
      String base = c.architecture().layer(i);
      addLinear(out, base + names.query(), c.hidden(), c.hidden());
      addLinear(out, base + names.key(), c.hidden(), c.hidden());
      addLinear(out, base + names.value(), c.hidden(), c.hidden());
      addLinear(out, base + names.attentionOutput(), c.hidden(), c.hidden());
      addNorm(out, base + names.attentionNorm(), c.hidden());
      addLinear(out, base + names.up(), c.intermediate(), c.hidden());
      addLinear(out, base + names.down(), c.hidden(), c.intermediate());
      addNorm(out, base + names.outputNorm(), c.hidden());
    }
    return out;
  }

  /** A fully connected layer's weight (out, in) and bias (out). */
  public static void addLinear(List<Parameter> to, String name, int out, int in) {
    to.add(new Parameter(name + ".weight", out, in));
    to.add(new Parameter(name + ".bias", out));
  }

  /** A layer norm's scale and shift (width). */
  static void addNorm(List<Parameter> to, String name, int width) {
    to.add(new Parameter(name + ".weight", width));
    to.add(new Parameter(name + ".bias", width));
  }

  /** A fresh value: N(0, range²) for matrices, 1 for scales, 0 for shifts. */
  public Tensor fresh(double range, SplittableRandom random) {
    if (name.endsWith(".bias")) {
      return zeros(shape);
    }
    if (shape.length == 1) {
      return ones(shape);
    }
    float[] values = new float[Math.toIntExact(shape[0] * shape[1])];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (range * random.nextGaussian());
    }
    return Tensor.create(values, shape);
  }
}
