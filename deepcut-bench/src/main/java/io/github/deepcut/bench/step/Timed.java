package io.github.deepcut.bench.step;

/** Something whose cost is measured again and again in a process of its own. */
@FunctionalInterface
interface Timed {
  void once();

  /** Seconds that one call takes. */
  default double seconds() {
    long start = System.nanoTime();
    once();
    return (System.nanoTime() - start) / 1e9;
  }
}
