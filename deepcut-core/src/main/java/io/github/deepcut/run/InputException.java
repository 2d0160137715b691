package io.github.deepcut.run;

/**
 * The caller's arguments or files are wrong. The message is one line that a person can act on: the
 * place, the offending value and the rule it breaks. The command line prints it and exits with 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
