package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certification.CertifiedRows;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.run.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Holds training data against a certificate. */
final class TrainingIds {
  private TrainingIds() {}

  /** What differs, a line each: the file, and whichever of its rows do. */
  static List<String> check(Predicate predicate, Path file, byte[] salt) {
    List<String> wrong = new ArrayList<>(predicate.ids().check(salt));
    boolean salted = wrong.isEmpty();
    wrong.addAll(check(file, predicate.data().training()));
    if (salted) {
      Integer size = predicate.data().imageSize();
      OptionalInt resized = size == null ? OptionalInt.empty() : OptionalInt.of(size);
      Dataset data = DatasetReader.read(file, task(predicate), resized).dataset();
      wrong.addAll(predicate.ids().check(salt, new CertifiedRows(data)));
    }
    return wrong;
  }

  private static Task task(Predicate predicate) {
    String key = predicate.audit().path("task").asText();
    for (Task task : Task.values()) {
      if (task.key().equals(key)) {
        return task;
      }
    }
    throw new InputException(
        "the certificate is of the task '" + key + "', which is not known here");
  }

  /** Whether a file is the certified one; a line if it is not. */
  static List<String> check(Path file, Predicate.DataFile certified) {
    if (!Files.isReadable(file)) {
      throw new InputException(file + ": no such file, or it cannot be read");
    }
    String found = Fingerprint.of(file);
    return found.equals(certified.sha256())
        ? List.of()
        : List.of(
            "%s: its SHA-256 is %s, the certificate says %s"
                .formatted(file, found, certified.sha256()));
  }
}
