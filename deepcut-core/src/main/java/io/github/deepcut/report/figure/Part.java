package io.github.deepcut.report.figure;

import java.util.Optional;

/** A part of a report: what was found, or the reason why there is nothing to show. */
public sealed interface Part<T> {
  /** What was found, if anything. */
  Optional<T> found();

  /** Something to show. */
  record Found<T>(T value) implements Part<T> {
    @Override
    public Optional<T> found() {
      return Optional.of(value);
    }
  }

  /** Nothing to show, and why, in one sentence with its full stop. */
  record Missing<T>(String reason) implements Part<T> {
    public Missing {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("a missing part needs a reason");
      }
    }

    @Override
    public Optional<T> found() {
      return Optional.empty();
    }
  }

  /** Something to show. */
  static <T> Part<T> of(T value) {
    return new Found<>(value);
  }

  /** Nothing to show, because of {@code reason}. */
  static <T> Part<T> missing(String reason) {
    return new Missing<>(reason);
  }
}
