package io.github.deepcut.stop;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.folder.StoredTypes;
import io.github.deepcut.unlearn.StopRule;

/**
 * A stop rule that judges a model as it would be written, in the types of its folder: what is kept
 * is kept by figures of what comes out.
 *
 * @param rule what judges
 * @param types of the tensors in the folder
 */
public record AsWritten(StopRule rule, StoredTypes types) implements StopRule {

  /**
   * {@return a rule that judges models as they would be written; the rule itself where writing
   * changes nothing}
   *
   * @param rule what judges
   * @param types of the tensors in the folder
   */
  public static StopRule of(StopRule rule, StoredTypes types) {
    return types.isExact() ? rule : new AsWritten(rule, types);
  }

  @Override
  public Judgement judge(Classifier model, int pass) {
    try (var copy = model.weights().copy()) {
      types.round(copy);
      return rule.judge(model.withWeights(copy), pass);
    }
  }

  @Override
  public boolean within() {
    return rule.within();
  }

  @Override
  public boolean asks(long steps) {
    return rule.asks(steps);
  }
}
