package io.github.deepcut.report.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.report.AuditCsv;
import io.github.deepcut.report.AuditJson;
import io.github.deepcut.report.AuditReport;
import io.github.deepcut.run.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of a report: {@code report.html}, {@code report.json}, and a folder {@code csv}. */
public final class ReportFiles {
  private ReportFiles() {}

  /** Writes them into {@code folder}, which is there. */
  public static void write(AuditReport report, Path folder) {
    write(folder.resolve("report.html"), Page.of(report));
    String json = new AuditJson(new ObjectMapper()).of(report).toPrettyString();
    write(folder.resolve("report.json"), json + "\n");
    Path csv = folder.resolve("csv");
    for (Map.Entry<String, String> file : AuditCsv.of(report).entrySet()) {
      write(csv.resolve(file.getKey()), file.getValue());
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8)); // half a character: ?
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
