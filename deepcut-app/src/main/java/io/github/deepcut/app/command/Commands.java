package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.InputException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** All commands under their common name. */
@Command(
    name = "deepcut",
    description = "Takes people's data back out of fine-tuned models, and measures it.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "deepcut " + Version.CURRENT,
    usageHelpAutoWidth = true,
    subcommands = {
      DemoCommand.class,
      PretrainCommand.class,
      TrainCommand.class,
      UnlearnCommand.class,
      AuditCommand.class,
      PredictCommand.class,
      MethodsCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done; 1 the run failed; 2 the arguments or the input are wrong;",
      "3 deepcut audit found that the examples are not forgotten.",
      "deepcut COMMAND --help tells the options of a command."
    })
public final class Commands implements Runnable {
  private static final Set<String> VERSION = Set.of("--version", "-V");

  private Commands() {}

  /** Runs the command that {@code args} name, and returns its exit status. */
  public static int execute(String[] args, PrintWriter out, PrintWriter err) {
    if (args.length > 0 && VERSION.contains(args[0])) {
      return version(Arrays.asList(args).contains("--json"), out);
    }
    Failures failures = new Failures(Arrays.asList(args), out, err);
    try {
      return new CommandLine(new Commands())
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler((e, all) -> failures.arguments(e))
          .setExecutionExceptionHandler((e, line, result) -> failures.report(e))
          .execute(args);
    } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
      return failures.report(e);
    }
  }

  private static int version(boolean json, PrintWriter out) {
    ObjectNode version = Answer.MAPPER.createObjectNode().put("version", Version.CURRENT);
    out.println(json ? version.toString() : "deepcut " + Version.CURRENT);
    return 0;
  }

  @Override
  public void run() {
    List<String> names =
        new CommandLine(new Commands()).getSubcommands().keySet().stream().toList();
    throw new InputException("which command? One of " + String.join(", ", names));
  }
}
