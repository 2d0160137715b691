package io.github.deepcut.report;

import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.stats.Value;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same thing of each model of an audit.
 *
 * @param original null where there is none
 * @param unlearned of the model that is audited
 * @param retrained null where there is none
 */
public record ThreeModels<T>(T original, T unlearned, T retrained) {
  public ThreeModels {
    Objects.requireNonNull(unlearned, "unlearned");
  }

  /** That of one of the models; null where there is none. */
  public T of(ModelRole which) {
    return switch (which) {
      case ORIGINAL -> original;
      case UNLEARNED -> unlearned;
      case RETRAINED -> retrained;
    };
  }

  /** What {@code f} makes of each; of what is missing, nothing. */
  public <R> ThreeModels<R> map(Function<? super T, ? extends R> f) {
    return new ThreeModels<>(
        original == null ? null : f.apply(original),
        f.apply(unlearned),
        retrained == null ? null : f.apply(retrained));
  }

  /** Whether all three are there. */
  public boolean isComplete() {
    return original != null && retrained != null;
  }

  /** A row of a metric. */
  public Row row(Metric metric, Function<? super T, Value> f) {
    ThreeModels<Value> values = map(f);
    return Row.of(metric, values.original, values.unlearned, values.retrained);
  }

  /** Those that are there: original, unlearned, retrained. */
  public Stream<T> stream() {
    return Stream.of(original, unlearned, retrained).filter(Objects::nonNull);
  }
}
