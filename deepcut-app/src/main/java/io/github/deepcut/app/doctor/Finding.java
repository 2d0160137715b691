package io.github.deepcut.app.doctor;

/**
 * What one look found.
 *
 * @param name what was looked at
 * @param found what there is
 * @param mend what to do about it, or null where it is well
 */
public record Finding(String name, State state, String found, String mend) {
  /** How bad it is. */
  public enum State {
    OK,
    /** It works, but slower or with less room than it could. */
    WARN,
    /** Something cannot work. */
    FAIL
  }

  static Finding ok(String name, String found) {
    return new Finding(name, State.OK, found, null);
  }

  static Finding warn(String name, String found, String mend) {
    return new Finding(name, State.WARN, found, mend);
  }

  static Finding fail(String name, String found, String mend) {
    return new Finding(name, State.FAIL, found, mend);
  }
}
