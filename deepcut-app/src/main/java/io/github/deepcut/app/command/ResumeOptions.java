package io.github.deepcut.app.command;

import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How to survive an interruption. */
final class ResumeOptions {
  @Option(
      names = "--resume",
      description =
          "Go on from the last checkpoint of an interrupted run with the same arguments; the result"
              + " is the same to the last bit.")
  private boolean resume;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "300",
      paramLabel = "N",
      description =
          "How often to keep the state, in OUT.checkpoint until the run is done"
              + " (default: ${DEFAULT-VALUE}).")
  private long seconds;

  /** Refuses to resume work that keeps no state. */
  void refuse(String work) {
    if (resume) {
      throw new InputException("--resume: " + work + " keeps no state; start it anew");
    }
  }

  /**
   * Drops the checkpoint of an interrupted run unless it shall be gone on from.
   *
   * @param out open: another run that is making it would lose its checkpoint
   */
  void prepare(OutputFolder out, Run run) {
    if (seconds < 0) {
      throw new InputException("--checkpoint-seconds is " + seconds + ", expected >= 0");
    }
    Path folder = Checkpoint.folder(out.target());
    if (!resume && Files.exists(folder)) {
      run.progress().say(folder + ": left by an interrupted run and dropped, without --resume");
      Checkpoint.discard(out.target());
    }
  }

  /**
   * The run with a place for the state of one of its stages.
   *
   * @param identity all that the outcome depends on, besides the seed
   */
  Run stage(Run run, OutputFolder out, String name, Supplier<String> identity) {
    Path file = Checkpoint.folder(out.target()).resolve(name + ".safetensors");
    Supplier<String> all =
        () -> {
          out.requireUnchanged(); // or the state of one file would bear the hash of another
          return name + ", seed " + run.seed() + ", " + identity.get();
        };
    return run.with(new Checkpoint(file, Duration.ofSeconds(seconds), resume, run.clock(), all));
  }

  /** What an outcome depends on: settings, the bytes of the files and of the model, the version. */
  static Supplier<String> identity(String settings, Path model, Path... filesOrNulls) {
    return () ->
        Stream.concat(
                Stream.of(settings, "model " + identity(model)),
                Arrays.stream(filesOrNulls).map(f -> f == null ? "none" : Fingerprint.of(f)))
            .collect(Collectors.joining(", ", "", ", version " + Version.CURRENT));
  }

  /** The bytes of a model's folder, or the name of an architecture. */
  private static String identity(Path model) {
    return Files.isDirectory(model) ? Fingerprint.ofFolder(model) : model.toString();
  }
}
