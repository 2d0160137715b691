package io.github.deepcut.provenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a model was made: all that can change the last bits of a sum.
 *
 * @param jdk vendor and version
 * @param os name, version and architecture
 * @param cpu the processor's name
 * @param libtorch its version, and the instructions that it chose
 * @param threads that libtorch computed with
 */
public record Environment(String jdk, String os, String cpu, String libtorch, int threads) {

  /** What differs from {@code other}, a sentence each. */
  public List<String> differences(Environment other) {
    List<String> out = new ArrayList<>();
    differ(out, "the JDK", jdk, other.jdk);
    differ(out, "the system", os, other.os);
    differ(out, "the processor", cpu, other.cpu);
    differ(out, "libtorch", libtorch, other.libtorch);
    differ(out, "the number of threads", threads, other.threads);
    return out;
  }

  private static void differ(List<String> out, String what, Object mine, Object theirs) {
    if (!Objects.equals(mine, theirs)) {
      out.add("%s was %s, here it is %s".formatted(what, mine, theirs));
    }
  }
}
