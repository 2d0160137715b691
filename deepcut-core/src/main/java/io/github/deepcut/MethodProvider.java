package io.github.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.UnlearningMethod;

/**
 * Brings a method of one's own to {@link Methods} and so to the command line, by its name. Found by
 * {@link java.util.ServiceLoader}: a jar on the class path names its providers in {@code
 * META-INF/services/io.github.deepcut.MethodProvider}.
 */
public interface MethodProvider {

  /**
   * The method at its defaults for a task. It is a public record; its components, and those of
   * records among them, are its settings, described by {@link Setting}; {@link About} says what it
   * is for. Names of methods and settings are written as {@code --method} and {@code --set} have
   * them.
   *
   * @param task of the model that is to forget
   * @return a method of the same name for every task
   */
  UnlearningMethod defaults(Task task);

  /** {@return when it stops by itself} */
  default Stop stop() {
    return Stop.NEVER;
  }
}
