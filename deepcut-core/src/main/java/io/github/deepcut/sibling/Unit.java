package io.github.deepcut.sibling;

/**
 * Rows that a sibling sees all or none of.
 *
 * @param whole what it is a part of; no two parts of one whole are in one fold
 * @param part which part
 */
public record Unit(String whole, int part) {
  /**
   * {@return a unit that is a whole}
   *
   * @param name of it
   */
  public static Unit of(String name) {
    return new Unit(name, 0);
  }
}
