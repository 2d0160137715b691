package io.github.deepcut.data;

/**
 * How often the parts of the data say the same, by content.
 *
 * @param forgotten rows to forget that have a copy among the retained ones
 * @param retained retained rows that are a copy of one to forget
 * @param holdout what the held-out data have of both; null where there are none
 * @param test what the test data have of both; null where there are none
 */
public record Copies(Count forgotten, Count retained, Inside holdout, Inside test) {

  /**
   * Rows.
   *
   * @param exact the same to the last character, word or pixel
   * @param near others that are the same but for case, punctuation, blanks and Unicode form
   */
  public record Count(long exact, long near) {
    static Count of(Twins.Found found) {
      return new Count(found.exact().length, found.near().length);
    }

    /** All of them. */
    public long all() {
      return exact + near;
    }
  }

  /**
   * Rows of a file of data that no model should have seen.
   *
   * @param forgotten copies of rows to forget; they are left out
   * @param retained copies of retained rows; they are left in
   */
  public record Inside(Count forgotten, Count retained) {}
}
