package io.github.deepcut.app.command;

import io.github.deepcut.app.progress.LineProgress;
import io.github.deepcut.app.progress.TerminalProgress;
import io.github.deepcut.run.Printable;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: {@code --json}, {@code --verbose}, progress, and one answer. */
abstract class AbstractCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      order = 900,
      description = "Answer with one JSON object on standard output.")
  private boolean json;

  @Option(names = "--verbose", order = 901, description = "Show the stack trace of a failure.")
  private boolean verbose;

  /** Does the work. */
  abstract Answer answer();

  @Override
  public final Integer call() {
    Answer answer = answer();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Printable.line(answer.json().toString()));
    } else {
      answer.lines().forEach(line -> out.println(Printable.line(line)));
    }
    out.flush();
    return answer.status();
  }

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** A run that reports to standard error: bars on a terminal, else lines. */
  final Run run(long seed) {
    return new Run(seed, InstantSource.system(), progress());
  }

  private Progress progress() {
    PrintWriter err = spec.commandLine().getErr();
    return Boolean.getBoolean("deepcut.terminal") && !json
        ? new TerminalProgress(err, Math.max(40, Integer.getInteger("deepcut.columns", 80)))
        : new LineProgress(err, InstantSource.system());
  }
}
