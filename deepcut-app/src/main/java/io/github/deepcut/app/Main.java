package io.github.deepcut.app;

import io.github.deepcut.app.command.Commands;
import io.github.deepcut.data.DuckDbLibrary;
import io.github.deepcut.run.Scratch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The {@code deepcut} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    System.setOut(System.err); // only answers go to standard output
    Scratch.sweep();
    DuckDbLibrary.sweep();
    int status = run(args, out, writer(FileDescriptor.err));
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @param out for its answer
   * @param err for progress and complaints
   * @return the exit status, as {@code deepcut --help} tells; 1 if the answer cannot be written
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    int status = Commands.execute(args, out, err);
    if (out.checkError()) { // flushes; a full disk, a closed pipe
      err.println("deepcut: standard output cannot be written: the answer is lost");
      status = 1;
    }
    err.flush();
    return status;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}
