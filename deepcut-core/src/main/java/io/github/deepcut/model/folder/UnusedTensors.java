package io.github.deepcut.model.folder;

import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Family;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Stored tensors that a model does not use. In a trained model there may be none but those that are
 * known to change nothing: a tensor that is passed over may be part of a head or a layer that is
 * not computed here, and it would be written again with all that it learnt.
 */
final class UnusedTensors {
  private UnusedTensors() {}

  /** Buffers that count, the pooler that taggers leave alone, and heads of pre-training. */
  static Predicate<String> harmless(StoredTensors names, Family family) {
    String pooler = (names.bare() ? "" : names.prefix()) + "pooler.";
    return name ->
        name.endsWith("embeddings.position_ids")
            || name.endsWith("embeddings.token_type_ids")
            || name.startsWith(pooler)
            || MaskedLanguageModel.isOfHead(family, name);
  }

  /** The tensors that are neither used nor {@code known}, sorted. */
  static Set<String> of(ModelFolder folder, Set<String> used, Predicate<String> known) {
    Set<String> left = new TreeSet<>(folder.tensors().keySet());
    left.removeAll(used);
    left.removeIf(known);
    return left;
  }

  /**
   * Refuses all that is left of a trained model.
   *
   * @throws InputException naming the first
   */
  static void refuse(ModelFolder folder, Set<String> left) {
    if (!left.isEmpty()) {
      throw new InputException(
          "%s: tensor %s is no part of the model that config.json describes, expected no other"
                  .formatted(folder.path(), FileErrors.oneLine(left.iterator().next()))
              + (left.size() > 1 ? " (nor are %d more)".formatted(left.size() - 1) : ""));
    }
  }

  /**
   * Of a model to train from, other heads are left behind, and layers beyond those that are asked
   * for.
   *
   * @return what is left behind
   * @throws InputException if anything else of the encoder is not used
   */
  static Set<String> leaveBehind(StoredTensors names, EncoderConfig shape, Set<String> left) {
    List<String> inside =
        names.bare()
            ? List.of("embeddings.", "encoder.", "transformer.", "layers.")
            : List.of(names.prefix());
    Set<String> odd = new TreeSet<>(left);
    odd.removeIf(n -> inside.stream().noneMatch(n::startsWith) || names.layer(n) >= shape.layers());
    refuse(names.folder(), odd);
    return left;
  }

  /** Tells what is left behind, if anything. */
  static void tell(Set<String> left, Run run) {
    if (!left.isEmpty()) {
      run.progress()
          .say(
              "%d tensors that the model does not use are left behind: %s%s"
                  .formatted(
                      left.size(),
                      FileErrors.oneLine(left.iterator().next()),
                      left.size() > 1 ? ", …" : ""));
    }
  }
}
