package io.github.deepcut.app.command;

import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a run, beside the folder that it wrote: {@code DIR.report.json}. */
record ReportFile(Path path) {

  /** For the output {@code out}; an earlier report stays unless {@code force}. */
  static ReportFile beside(Path out, boolean force) {
    Path target = out.toAbsolutePath().normalize();
    Path name = target.getFileName();
    if (name == null) {
      throw new InputException("--out " + out + " is the root: choose another folder");
    }
    Path file = target.resolveSibling(name + ".report.json");
    if (Files.exists(file) && !force) {
      throw new InputException(file + " exists: choose another --out or pass --force");
    }
    return new ReportFile(file);
  }

  /** Writes it whole. */
  void write(RunReport report) {
    WholeFile.write(path, report.toJson(Answer.MAPPER).toPrettyString() + "\n");
  }
}
