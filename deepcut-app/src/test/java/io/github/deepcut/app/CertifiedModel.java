package io.github.deepcut.app;

import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.provenance.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tiny tagger, and the model that was unlearned from it under a certificate, once a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CertifiedModel {
  protected Tiny tiny;
  protected Path model;
  protected Path out;
  protected Path certificate;

  @BeforeAll
  void certifyOnce(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
    out = tiny.path("unlearned");
    certificate = out.resolve("certificate.json");
    Cli.done(tiny.unlearn(model, out));
  }

  protected Cli verify(Object... more) {
    Object[] usual = {"verify", certificate, "--model", out};
    return Cli.run(Stream.concat(Stream.of(usual), Stream.of(more)).toArray());
  }

  /** The user's own keys. */
  protected static Keys keys() {
    return new Keys(Path.of(System.getenv("DEEPCUT_CONFIG")));
  }

  /** Puts a certificate that says {@code said} into a copy of the unlearned model. */
  protected void certify(Path copy, Predicate said, SigningKey key) {
    Certificate.sign(FolderHashes.of(model), FolderHashes.of(copy), said, key)
        .write(copy.resolve("certificate.json"));
  }

  protected Path salt(String name) throws IOException {
    try (var files = Files.list(tiny.folder())) {
      return files
          .filter(
              f -> f.getFileName().toString().matches(name + "\\.certificate\\.[0-9a-f]+\\.salt"))
          .reduce((a, b) -> org.junit.jupiter.api.Assertions.fail("two: " + a + ", " + b))
          .orElseThrow();
    }
  }

  protected Path copy(Path from, String to) throws IOException {
    Path target = Files.createDirectory(tiny.path(to));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
