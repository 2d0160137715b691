package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.Version;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

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
      SiblingsCommand.class,
      UnlearnCommand.class,
      AuditCommand.class,
      CompareCommand.class,
      VerifyCommand.class,
      TrustCommand.class,
      LineageCommand.class,
      PredictCommand.class,
      MethodsCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done; 1 the run failed, or a certificate does not hold; 2 the arguments or the",
      "input are wrong; 3 deepcut audit found that the examples are not forgotten; 4 all is as a",
      "certificate says, but nobody you named signed it.",
      "deepcut COMMAND --help tells the options of a command."
    })
public final class Commands implements Callable<Integer> {
  private static final Set<String> VERSION = Set.of("--version", "-V");

  @Spec private CommandSpec spec;

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

  /** Without a command nothing was done, whatever a script may think: help, and exit status 2. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
