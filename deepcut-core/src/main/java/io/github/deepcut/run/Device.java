package io.github.deepcut.run;

/**
 * Where tensors live and are computed with.
 *
 * @param name as libtorch writes it, such as {@code cpu} or {@code cuda}
 */
public record Device(String name) {
  /** The processor. */
  public static final Device CPU = new Device("cpu");
}
