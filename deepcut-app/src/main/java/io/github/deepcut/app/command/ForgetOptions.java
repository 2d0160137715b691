package io.github.deepcut.app.command;

import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What to forget: exactly one of three ways to say it. */
final class ForgetOptions {
  @Option(
      names = "--forget",
      paramLabel = "SQL",
      description = "A condition over the columns of the data, such as \"patient = 'P-0042'\".")
  private String condition;

  @Option(names = "--forget-ids", paramLabel = "FILE", description = "Ids, one a line.")
  private Path ids;

  @Option(
      names = "--forget-class",
      paramLabel = "LABEL",
      description = "A label; for ner the sentences with an entity of a type.")
  private String label;

  @Option(
      names = "--with-duplicates",
      description = "Also all rows that say exactly the same as one of these.")
  private boolean copies;

  Path file() {
    return ids;
  }

  ForgetRequest request() {
    if (Stream.of(condition, ids, label).filter(Objects::nonNull).count() != 1) {
      throw new InputException("give exactly one of --forget, --forget-ids and --forget-class");
    }
    return copies ? new ForgetRequest.WithCopies(named()) : named();
  }

  private ForgetRequest named() {
    if (condition != null) {
      return new ForgetRequest.Where(condition);
    }
    return ids != null ? ForgetRequest.Ids.fromFile(ids) : new ForgetRequest.WholeClass(label);
  }
}
