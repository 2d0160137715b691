package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit status. */
final class Failures {
  private final List<String> args;
  private final PrintWriter out;
  private final PrintWriter err;

  Failures(List<String> args, PrintWriter out, PrintWriter err) {
    this.args = args;
    this.out = out;
    this.err = err;
  }

  /** Arguments that picocli refuses: 2. */
  int arguments(ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched ? similar(unmatched) : List.of();
    String help =
        similar.isEmpty()
            ? "; " + name + " --help tells more"
            : "; did you mean " + String.join(" or ", similar) + "?";
    return say(2, e.getMessage() + help, e);
  }

  /** Of options what picocli finds; of commands it loses those that are as near as another. */
  private static List<String> similar(UnmatchedArgumentException e) {
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    return commands.isEmpty()
        ? e.getSuggestions().stream().limit(3).toList()
        : Closest.to(e.getUnmatched().get(0), commands);
  }

  /** What a command threw: 2 for wrong input, else 1. */
  int report(Throwable e) {
    if (e instanceof InputException) {
      return say(2, e.getMessage(), e);
    }
    if (e instanceof LinkageError) {
      return say(1, "a native library is missing (deepcut doctor tells which): " + why(e), e);
    }
    if (e instanceof OutOfMemoryError) {
      return say(1, "out of memory; try a smaller batch size or model: " + why(e), e);
    }
    return say(1, "the run failed: " + why(e), e);
  }

  private static String why(Throwable e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    return e instanceof IllegalStateException
        ? message
        : e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private int say(int status, String message, Throwable e) {
    String line = FileErrors.oneLine(message);
    err.println("deepcut: " + line);
    if (args.contains("--verbose")) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        err.println(Printable.line(t.toString()));
        for (StackTraceElement frame : t.getStackTrace()) {
          err.println("  at " + frame);
        }
      }
    }
    err.flush();
    if (args.contains("--json")) {
      ObjectNode json = Answer.MAPPER.createObjectNode();
      json.put("command", args.get(0)).put("error", line).put("status", status);
      out.println(Printable.line(json.toString()));
      out.flush();
    }
    return status;
  }
}
