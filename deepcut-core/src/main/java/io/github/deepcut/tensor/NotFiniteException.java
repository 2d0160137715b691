package io.github.deepcut.tensor;

/** Numbers came out that are none: NaN or infinity. */
public final class NotFiniteException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** Says which, and where. */
  public NotFiniteException(String message) {
    super(message);
  }
}
