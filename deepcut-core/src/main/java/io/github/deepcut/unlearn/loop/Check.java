package io.github.deepcut.unlearn.loop;

import io.github.deepcut.run.InputException;

/** What the compact constructors of the methods ask of their settings. */
public final class Check {
  private Check() {}

  /**
   * Asks for a number above 0.
   *
   * @param name of the setting, as one writes it
   * @param value what it is
   * @throws InputException if it is 0 or below, or no finite number
   */
  public static void positive(String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "a number > 0");
  }

  /**
   * Asks for a number that is not below 0.
   *
   * @param name of the setting, as one writes it
   * @param value what it is
   * @throws InputException if it is below 0, or no finite number
   */
  public static void notNegative(String name, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "a number >= 0");
  }

  /**
   * Asks for a whole number that is not below 0.
   *
   * @param name of the setting, as one writes it
   * @param value what it is
   * @throws InputException if it is below 0
   */
  public static void notNegative(String name, int value) {
    require(value >= 0, name, value, "a whole number >= 0");
  }

  /**
   * Asks for a number from 0 to 1.
   *
   * @param name of the setting, as one writes it
   * @param value what it is
   * @throws InputException if it is none
   */
  public static void share(String name, double value) {
    require(value >= 0 && value <= 1, name, value, "0 to 1");
  }

  /**
   * Asks for a whole number from 1 on.
   *
   * @param name of the setting, as one writes it
   * @param value what it is
   * @throws InputException if it is below 1
   */
  public static void atLeastOne(String name, int value) {
    require(value >= 1, name, value, "a whole number >= 1");
  }

  private static void require(boolean ok, String name, Number value, String rule) {
    if (!ok) {
      throw new InputException(name + " is " + value + ", expected " + rule);
    }
  }
}
