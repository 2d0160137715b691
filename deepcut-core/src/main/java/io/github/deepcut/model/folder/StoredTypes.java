package io.github.deepcut.model.folder;

import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.NotFiniteException;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The types in which a folder holds its floating-point tensors. Weights are computed with in
 * float32 and written in the folder's types, so a model whose folder is in bfloat16 or float16 is
 * another one once it is written. Whoever measures it rounds it first.
 *
 * @param narrower those of the tensors that do not hold every float32
 */
public record StoredTypes(Map<String, DType> narrower) {

  /** Those of a folder. */
  static StoredTypes of(Map<String, TensorEntry> tensors) {
    Map<String, DType> narrower = new LinkedHashMap<>();
    tensors.forEach(
        (name, entry) -> {
          if (entry.dtype().isFloat() && entry.dtype().bits() < Float.SIZE) {
            narrower.put(name, entry.dtype());
          }
        });
    return new StoredTypes(narrower);
  }

  /** Whether nothing changes when weights are written. */
  public boolean isExact() {
    return narrower.isEmpty();
  }

  /**
   * Gives weights the values that they will have once written.
   *
   * @throws NotFiniteException if a value is beyond the range of its type
   */
  public void round(Weights weights) {
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      narrower.forEach(
          (name, type) -> {
            Tensor t = weights.all().get(name);
            if (t != null) { // else the folder holds it and the model does not use it
              t.copy_(t.to(type.scalarType().orElseThrow()));
              if (Tensors.hasNonFinite(t)) {
                throw new NotFiniteException(
                    "tensor %s goes beyond the range of its type %s: its weights are too large"
                        .formatted(name, type));
              }
            }
          });
    }
  }
}
