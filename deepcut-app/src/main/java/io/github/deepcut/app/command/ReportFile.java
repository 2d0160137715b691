package io.github.deepcut.app.command;

import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
    Path part = path.resolveSibling("." + path.getFileName() + ".tmp");
    try {
      String json = report.toJson(Answer.MAPPER).toPrettyString();
      Files.writeString(part, json + "\n");
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }
}
