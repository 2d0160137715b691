package io.github.deepcut.model;

import io.github.deepcut.data.Sequence;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** How many real tokens a second have been gone through so far. */
public final class Pace {
  private final InstantSource clock;
  private final long start;
  private long tokens;

  /** Begins now. */
  public Pace(InstantSource clock) {
    this.clock = clock;
    this.start = clock.millis();
  }

  /** The pace with these rows done. */
  public String after(List<Sequence> rows) {
    tokens += rows.stream().mapToLong(r -> r.ids().length).sum();
    return String.format(Locale.ROOT, "%.0f tokens/s", tokensPerSecond());
  }

  /** Of the rows so far. */
  public double tokensPerSecond() {
    return tokens / (Math.max(1, clock.millis() - start) / 1000.0);
  }
}
