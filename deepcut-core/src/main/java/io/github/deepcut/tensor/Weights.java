package io.github.deepcut.tensor;

import io.github.deepcut.run.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A model's parameters and buffers under their checkpoint names, in checkpoint order. Encoder code
 * asks by the name within the encoder; {@link #under} puts the family's prefix before it. The
 * tensors are held outside any pointer scope until {@link #close}.
 */
public final class Weights implements AutoCloseable {
  private static final Set<String> BUFFERS =
      Set.of("running_mean", "running_var", "num_batches_tracked");

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

  /** The tensors of several, each under its part's key and its name; their owners close them. */
  public static Weights joined(Map<String, Weights> parts) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    parts.forEach((key, part) -> part.tensors.forEach((name, t) -> all.put(key + name, t)));
    return new Weights(all, "");
  }

  /** The same tensors, asked for by names that lack {@code prefix}. */
  public Weights under(String prefix) {
    return new Weights(tensors, this.prefix + prefix);
  }

  /** The same tensors and one more; it is their owners who close them. */
  public Weights with(String name, Tensor more) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    all.put(name, more);
    return new Weights(all, prefix);
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

  /**
   * Whether a tensor of that name is a buffer: the running statistics of a batch norm, which belong
   * to the model as its weights do, but follow the data and not a gradient.
   */
  public static boolean isBuffer(String name) {
    return BUFFERS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** One of them: a batch must lie {@link Tensors#beside} it. */
  public Tensor any() {
    return tensors.values().iterator().next();
  }

  /** Moves all of them to another device; where they are there already, nothing happens. */
  public void to(Device device) {
    try (var scope = new PointerScope()) {
      var there = Devices.of(device);
      if (!any().device().equals(there)) {
        tensors.replaceAll(
            (name, t) -> {
              Tensor moved = keep(t.detach().to(there, t.scalar_type()));
              t.close();
              return moved;
            });
      }
    }
  }

  /** Where they are. */
  public Device device() {
    try (var scope = new PointerScope()) {
      return new Device(any().device().str().getString());
    }
  }

  /** Lets the parameters that {@code wanted} names be trained and freezes all else. */
  public void trainable(Predicate<String> wanted) {
    tensors.forEach((name, t) -> t.set_requires_grad(!isBuffer(name) && wanted.test(name)));
  }

  /** A deep copy, detached. */
  public Weights copy() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      tensors.forEach((name, t) -> copies.put(name, keep(t.detach().clone())));
    }
    return new Weights(copies, prefix);
  }

  /** Whether {@code other} has the same names, and under each a tensor of the same values. */
  public boolean isSame(Weights other) {
    try (var scope = new PointerScope()) {
      return names().equals(other.names())
          && tensors.entrySet().stream()
              .allMatch(e -> isSame(e.getValue(), other.tensors.get(e.getKey())));
    }
  }

  private static boolean isSame(Tensor a, Tensor b) {
    return a.scalar_type().intern() == b.scalar_type().intern() && a.equal(b);
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
