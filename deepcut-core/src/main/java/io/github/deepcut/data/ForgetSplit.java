package io.github.deepcut.data;

/**
 * Training data in two parts, by position.
 *
 * @param forget positions of what is to be forgotten, ascending
 * @param retain all other positions, ascending
 * @param request what was asked for, in words
 */
public record ForgetSplit(Dataset data, int[] forget, int[] retain, String request) {

  public Dataset forgetSet() {
    return data.select(forget);
  }

  public Dataset retainSet() {
    return data.select(retain);
  }

  /** One sentence: how many of how many, and which. */
  public String describe() {
    return "forget %d of the %d examples of %s: %s"
        .formatted(forget.length, data.size(), data.source(), request);
  }
}
