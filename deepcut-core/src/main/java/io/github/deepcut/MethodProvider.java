package io.github.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.unlearn.UnlearningMethod;

/**
 * Brings a method of one's own to {@link Methods} and so to the command line, by its name. Found by
 * {@link java.util.ServiceLoader}: a jar on the class path names its providers in {@code
 * META-INF/services/io.github.deepcut.MethodProvider}.
 */
public interface MethodProvider {

  /**
   * The method at its defaults for a task. It is a public record; its components, and those of
   * records among them, are its settings. Names of methods and settings are written as {@code
   * --method} and {@code --set} have them.
   *
   * @param task of the model that is to forget
   * @return a method of the same name for every task
   */
  UnlearningMethod defaults(Task task);

  /** {@return what it does to a model, in a line} */
  String what();

  /** {@return where it is published; empty where it is not} */
  default String source() {
    return "";
  }

  /** {@return when it stops by itself} */
  default Stop stop() {
    return Stop.NEVER;
  }
}
