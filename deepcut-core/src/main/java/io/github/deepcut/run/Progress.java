package io.github.deepcut.run;

/** Where long work says what it does, how far it is and what it measures on the way. */
public interface Progress {
  /** Opens a stage of {@code total} steps (-1: unknown), to be closed by the caller. */
  Stage stage(String name, long total);

  /** One line about something worth knowing, such as a head that had to be added. */
  void say(String line);

  /** A stage of work under way. */
  interface Stage extends AutoCloseable {
    /** One more step is done; {@code note} (may be empty) tells the latest figure. */
    void step(String note);

    /** {@code steps} were done before this process began. */
    default void skip(long steps) {
      for (long i = 0; i < steps; i++) {
        step("");
      }
    }

    @Override
    void close();
  }

  /** Says nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public Stage stage(String name, long total) {
        return new Stage() {
          @Override
          public void step(String note) {}

          @Override
          public void close() {}
        };
      }

      @Override
      public void say(String line) {}
    };
  }
}
