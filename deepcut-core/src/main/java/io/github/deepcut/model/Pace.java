package io.github.deepcut.model;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** How many real tokens, or images, a second have been gone through so far. */
public final class Pace {
  private final InstantSource clock;
  private final long start;
  private long done;

  /** Begins now. */
  public Pace(InstantSource clock) {
    this.clock = clock;
    this.start = clock.millis();
  }

  /** The pace with these rows done. */
  public String after(List<? extends Input> rows) {
    boolean images = rows.get(0) instanceof Picture;
    done += images ? rows.size() : rows.stream().mapToLong(Input::length).sum();
    return String.format(Locale.ROOT, "%.0f %s/s", perSecond(), images ? "images" : "tokens");
  }

  /** Tokens, or images, of the rows so far. */
  public double perSecond() {
    return done / (Math.max(1, clock.millis() - start) / 1000.0);
  }
}
