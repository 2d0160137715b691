package io.github.deepcut.report;

import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.stats.Value;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same thing of each model of an audit.
 *
 * @param unlearned of the model that is audited
 */
public record ThreeModels<T>(Optional<T> original, T unlearned, Optional<T> retrained) {
  public ThreeModels {
    Objects.requireNonNull(unlearned, "unlearned");
  }

  /** Of all three. */
  public ThreeModels(T original, T unlearned, T retrained) {
    this(Optional.of(original), unlearned, Optional.of(retrained));
  }

  /** Of an audited model that there is nothing to compare with. */
  public ThreeModels(T unlearned) {
    this(Optional.empty(), unlearned, Optional.empty());
  }

  /** That of one of the models. */
  public Optional<T> of(ModelRole which) {
    return switch (which) {
      case ORIGINAL -> original;
      case UNLEARNED -> Optional.of(unlearned);
      case RETRAINED -> retrained;
    };
  }

  /** What {@code f} makes of each; of what is missing, nothing. */
  public <R> ThreeModels<R> map(Function<? super T, ? extends R> f) {
    return new ThreeModels<R>(original.map(f), f.apply(unlearned), retrained.map(f));
  }

  /** Whether all three are there. */
  public boolean isComplete() {
    return original.isPresent() && retrained.isPresent();
  }

  /** A row of a metric. */
  public Row row(Metric metric, Function<? super T, Value> f) {
    ThreeModels<Value> values = map(f);
    return Row.of(
        metric, values.original.orElse(null), values.unlearned, values.retrained.orElse(null));
  }

  /** Those that are there: original, unlearned, retrained. */
  public Stream<T> stream() {
    return Stream.of(original, Optional.of(unlearned), retrained).flatMap(Optional::stream);
  }
}
