package io.github.deepcut.pool;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Scratch;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A process that trains models for its parent: it reads from standard input what to do, in one
 * line, and then the models' numbers, one a line; on standard output it tells how far it is.
 * Without input it ends, whatever it is at: the parent closes it when all is done, or is gone.
 */
public final class WorkerLoop {
  /** Steps that training a model counts. */
  public static final int PARTS = 100;

  static final String PART = "@pool part ";
  static final String DONE = "@pool done";
  static final String INPUT = "@pool input ";
  static final String FAILED = "@pool failed ";

  private WorkerLoop() {}

  /**
   * Serves until there is no more input, or work fails; does not return. Whatever else goes to
   * standard output is sent to standard error.
   *
   * @param open makes the work, given what to do
   */
  public static void serve(Function<String, BiConsumer<Integer, Progress>> open) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(System.in, lines), "reader");
    reader.setDaemon(true);
    reader.start();
    try {
      BiConsumer<Integer, Progress> train = open.apply(lines.take());
      while (true) {
        train.accept(Integer.valueOf(lines.take()), new Parts(out));
        out.println(DONE);
      }
    } catch (InputException e) {
      out.println(INPUT + FileErrors.oneLine(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      out.println(FAILED + FileErrors.oneLine(e.toString()));
    }
    end(1);
  }

  private static void read(InputStream in, BlockingQueue<String> to) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.add(line);
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
    end(0);
  }

  private static void end(int status) {
    System.out.flush();
    Scratch.end();
    Runtime.getRuntime().halt(status);
  }

  /** Tells how far the stage {@code train} is, in hundredths. */
  private record Parts(PrintStream out) implements Progress {
    @Override
    public Stage stage(String name, long total) {
      return name.equals("train") ? new Counted(out, total) : Progress.silent().stage(name, total);
    }

    @Override
    public void say(String line) {
      out.println(line);
    }
  }

  private static final class Counted implements Progress.Stage {
    private final PrintStream out;
    private final long total;
    private long done;

    Counted(PrintStream out, long total) {
      this.out = out;
      this.total = total;
    }

    @Override
    public void step(String note) {
      long before = PARTS * done / total;
      done++;
      if (PARTS * done / total > before && done < total) {
        out.println(PART + PARTS * done / total);
      }
    }

    @Override
    public void close() {}
  }
}
