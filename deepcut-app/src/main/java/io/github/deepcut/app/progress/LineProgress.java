package io.github.deepcut.app.progress;

import io.github.deepcut.run.Printable;
import io.github.deepcut.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Progress as a few plain lines, for files and pipes: now and then one, and one at the end. */
public final class LineProgress implements Progress {
  private static final long EVERY_MILLIS = 10_000;

  private final PrintWriter err;
  private final InstantSource clock;

  public LineProgress(PrintWriter err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void say(String line) {
    err.println(Printable.line(line));
    err.flush();
  }

  @Override
  public Stage stage(String name, long total) {
    return new Lines(name, total);
  }

  private final class Lines implements Stage {
    private final String name;
    private final long total;
    private final long start = clock.millis();
    private long last = start;
    private long done;
    private String note = "";

    Lines(String name, long total) {
      this.name = name;
      this.total = total;
    }

    @Override
    public void step(String latest) {
      done++;
      note = latest;
      if (clock.millis() - last >= EVERY_MILLIS) {
        last = clock.millis();
        line(total < 0 ? done + " steps" : done + " of " + total);
      }
    }

    @Override
    public void close() {
      line(done + (done == 1 ? " step" : " steps"));
    }

    private void line(String far) {
      String seconds =
          String.format(
              Locale.ROOT, "%.1f s", Duration.ofMillis(clock.millis() - start).toMillis() / 1000.0);
      say(name + ": " + far + ", " + seconds + (note.isBlank() ? "" : ", " + note.strip()));
    }
  }
}
