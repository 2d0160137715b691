package io.github.deepcut.train;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** How many real tokens, or images, a second a training has gone through so far. */
final class Pace {
  private final InstantSource clock;
  private final long start;
  private long done;

  Pace(InstantSource clock) {
    this.clock = clock;
    this.start = clock.millis();
  }

  /** The pace with these rows done. */
  String after(List<? extends Input> rows) {
    boolean images = rows.get(0) instanceof Picture;
    done += images ? rows.size() : rows.stream().mapToLong(r -> r.length()).sum();
    double seconds = Math.max(1, clock.millis() - start) / 1000.0;
    return String.format(Locale.ROOT, "%.0f %s/s", done / seconds, images ? "images" : "tokens");
  }
}
