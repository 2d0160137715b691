package io.github.deepcut.report;

/**
 * Whether the model in question is one of those that it is held against: every tensor is the same.
 *
 * @param original it is the original
 * @param retrained it is the retrained model
 */
public record Same(boolean original, boolean retrained) {
  /** It is another than both, as far as anybody knows. */
  public static final Same NONE = new Same(false, false);
}
