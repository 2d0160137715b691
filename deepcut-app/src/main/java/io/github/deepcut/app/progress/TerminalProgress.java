package io.github.deepcut.app.progress;

import io.github.deepcut.run.Printable;
import io.github.deepcut.run.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with what is left to do, for a person at a terminal. */
public final class TerminalProgress implements Progress {
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final int width;

  public TerminalProgress(PrintWriter err, int width) {
    this.err = err;
    this.width = width;
  }

  @Override
  public void say(String line) {
    err.println(CLEAR + Printable.line(line));
    err.flush();
  }

  @Override
  public Stage stage(String name, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(Printable.line(name))
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
            .build();
    return new Stage() {
      @Override
      public void step(String note) {
        bar.step();
        bar.setExtraMessage(note.isBlank() ? "" : " " + Printable.line(note));
      }

      @Override
      public void close() {
        bar.close();
        err.println();
        err.flush();
      }
    };
  }

  private void draw(String bar) {
    err.print(CLEAR + bar.strip());
    err.flush();
  }
}
