package io.github.deepcut.app.command;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Unchanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a command writes. */
final class OutOptions {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the model; it appears whole or not at all.")
  private Path out;

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force;

  Path path() {
    return out;
  }

  boolean force() {
    return force;
  }

  /**
   * Opens it, away from the model that is read and the files that are, which must stay as they are
   * until it is committed.
   */
  OutputFolder open(Path model, Path... files) {
    Unchanged read = Unchanged.of(Stream.concat(Stream.of(model), Arrays.stream(files)).toList());
    OutputFolder folder = open(out, force, model, files);
    folder.from(read);
    return folder;
  }

  static OutputFolder open(Path out, boolean force, Path model, Path... files) {
    Path target = real(out);
    if (target.startsWith(real(model))) {
      throw new InputException(
          "--out " + out + " is in the model folder " + model + ": choose another folder");
    }
    Stream.concat(Stream.of(model), Stream.of(files))
        .filter(Objects::nonNull)
        .filter(read -> real(read).startsWith(target))
        .findFirst()
        .ifPresent(
            read -> {
              throw new InputException(
                  "--out " + out + " holds " + read + ", which is read: choose another folder");
            });
    return OutputFolder.create(out, force);
  }

  /** The path without links, as far as it exists. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path p = absolute; p != null; p = p.getParent()) {
      if (Files.exists(p)) {
        try {
          return p.toRealPath().resolve(p.relativize(absolute)).normalize();
        } catch (IOException e) {
          throw FileErrors.unreadable(path, e);
        }
      }
    }
    return absolute;
  }
}
