package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a run, beside the folder that it wrote: {@code DIR.report.json}. */
final class ReportFile {
  private ReportFile() {}

  /** Complains if there is one for the output {@code out}, unless {@code force}. */
  static void check(Path out, boolean force) {
    Path target = out.toAbsolutePath().normalize();
    Path name = target.getFileName();
    if (name == null) {
      throw new InputException("--out " + out + " is the root: choose another folder");
    }
    Path file = target.resolveSibling(name + ".report.json");
    if (Files.exists(file) && !force) {
      throw new InputException(file + " exists: choose another --out or pass --force");
    }
  }

  /** Writes it so that it appears with {@code folder}. */
  static void add(ObjectNode report, OutputFolder folder) {
    folder.beside("report.json", report.toPrettyString() + "\n");
  }
}
