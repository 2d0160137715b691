package io.github.deepcut.audit;

import io.github.deepcut.data.Dataset;
import java.util.function.Function;

/**
 * What one model says of the parts of the data.
 *
 * @param forget of D_f
 * @param retain of D_r, or of a random part of it
 * @param test of D_t, or null where no test data were given
 */
public record Answers(Evaluation forget, Evaluation retain, Evaluation test) {

  /** The parts of the data that an audit asks about; {@code test} may be null. */
  public record Parts(Dataset forget, Dataset retain, Dataset test) {
    /** Asks a model. */
    public Answers ask(Function<Dataset, Evaluation> model) {
      return new Answers(
          model.apply(forget), model.apply(retain), test == null ? null : model.apply(test));
    }
  }

  /** The loss attack on D_f with D_t as what was never seen. */
  public LossAttack attack() {
    return new LossAttack(forget.scored(), test.scored());
  }
}
