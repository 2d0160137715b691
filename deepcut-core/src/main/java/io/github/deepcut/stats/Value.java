package io.github.deepcut.stats;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a metric found: a number with its interval, or the reason why there is none. */
public sealed interface Value {
  /** The number of samples that the metric looked at. */
  long n();

  /** The number, empty where it is undefined. */
  OptionalDouble number();

  /** The 95 % interval, empty where it is undefined or unknown. */
  Optional<Interval> interval();

  /** The same in another unit: number and interval times {@code factor}, which is positive. */
  Value times(double factor);

  /** A finite number that {@code n} samples gave. */
  record Defined(double value, long n, Optional<Interval> interval) implements Value {
    public Defined {
      Objects.requireNonNull(interval);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "value " + value + ": expected a finite number, or Value.undefined and why");
      }
    }

    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(value);
    }

    @Override
    public Value times(double factor) {
      return new Defined(value * factor, n, interval.map(i -> i.times(factor)));
    }
  }

  /** No number, and why. */
  record Undefined(String reason, long n) implements Value {
    public Undefined {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("an undefined value needs a reason");
      }
    }

    @Override
    public OptionalDouble number() {
      return OptionalDouble.empty();
    }

    @Override
    public Optional<Interval> interval() {
      return Optional.empty();
    }

    @Override
    public Value times(double factor) {
      return this;
    }
  }

  /** A number without an interval. */
  static Value of(double value, long n) {
    return new Defined(value, n, Optional.empty());
  }

  /** A number with its interval. */
  static Value of(double value, long n, Interval interval) {
    return new Defined(value, n, Optional.of(interval));
  }

  /** No number, because of {@code reason}, after looking at {@code n} samples. */
  static Value undefined(String reason, long n) {
    return new Undefined(reason, n);
  }
}
