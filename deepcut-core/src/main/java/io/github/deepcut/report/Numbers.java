package io.github.deepcut.report;

import java.util.OptionalDouble;

/** Numbers for formats that write what is undefined as null. */
public final class Numbers {
  private Numbers() {}

  /** The number; null where there is none. */
  public static Double orNull(OptionalDouble number) {
    return number.isPresent() ? (Double) number.getAsDouble() : null;
  }
}
