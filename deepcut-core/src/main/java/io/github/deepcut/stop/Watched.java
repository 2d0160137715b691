package io.github.deepcut.stop;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.StopRule;
import java.util.List;
import java.util.function.Function;

/**
 * A stop rule that notes what may be seen of the models that it judges: of each pass the last one.
 *
 * @param <T> what a note is
 * @param rule what judges
 * @param look what to note of a model
 * @param seen a note for each pass, from pass 0 on
 */
public record Watched<T>(StopRule rule, Function<Classifier, T> look, List<T> seen)
    implements StopRule {

  @Override
  public Judgement judge(Classifier model, int pass) {
    while (seen.size() > pass) { // judged within this pass before
      seen.remove(seen.size() - 1);
    }
    seen.add(look.apply(model));
    return rule.judge(model, pass);
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
