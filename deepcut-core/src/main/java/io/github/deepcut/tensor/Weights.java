package io.github.deepcut.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A model's parameters under their checkpoint names, in checkpoint order. Encoder code asks by the
 * name within the encoder; {@link #under} puts the family's prefix before it. The tensors are held
 * outside any pointer scope until {@link #close}.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, Tensor> tensors;
  private final String prefix;

  private Weights(Map<String, Tensor> tensors, String prefix) {
    this.tensors = tensors;
    this.prefix = prefix;
  }

  /** Takes over {@code tensors}: they are kept beyond the caller's pointer scope. */
  public static Weights of(Map<String, Tensor> tensors) {
    tensors.values().forEach(Weights::keep);
    return new Weights(new LinkedHashMap<>(tensors), "");
  }

  /** The same tensors, asked for by names that lack {@code prefix}. */
  public Weights under(String prefix) {
    return new Weights(tensors, this.prefix + prefix);
  }

  /** The tensor of that name; TensorFlow-era names of layer norms are understood. */
  public Tensor get(String name) {
    Tensor t = tensors.get(prefix + name);
    if (t == null) {
      t = tensors.get(legacy(prefix + name));
    }
    if (t == null) {
      throw new IllegalArgumentException("no tensor named " + prefix + name);
    }
    return t;
  }

  /** The name under which early BERT checkpoints hold a layer norm's scale and shift. */
  public static String legacy(String name) {
    return name.replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
  }

  public Set<String> names() {
    return tensors.keySet();
  }

  /** All tensors by their full names; a view. */
  public Map<String, Tensor> all() {
    return tensors;
  }

  /** Lets the tensors that {@code wanted} names be trained and freezes the others. */
  public void trainable(Predicate<String> wanted) {
    tensors.forEach((name, t) -> t.set_requires_grad(wanted.test(name)));
  }

  /** A deep copy, detached. */
  public Weights copy() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      tensors.forEach((name, t) -> copies.put(name, keep(t.detach().clone())));
    }
    return new Weights(copies, prefix);
  }

  /** Writes the values of {@code other} into these tensors. */
  public void set(Weights other) {
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      tensors.forEach((name, t) -> t.copy_(other.tensors.get(name)));
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }

  /** Lets {@code t} live on when the scope that it belongs to closes. */
  private static Tensor keep(Tensor t) {
    return t.retainReference();
  }
}
