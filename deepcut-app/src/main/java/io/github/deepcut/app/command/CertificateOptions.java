package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether to certify, and with which key. */
final class CertificateOptions {
  @Option(
      names = "--no-certificate",
      description = "Write no certificate.json into the output folder.")
  private boolean none;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "An Ed25519 private key (PEM, PKCS#8) to sign the certificate with; without, one of"
              + " yours is made at first use.")
  private Path key;

  /** Complains before the work begins; makes the user's key where there is none. */
  void check(Path out, boolean force) {
    if (none && key != null) {
      throw new InputException("give --key or --no-certificate, not both");
    }
    if (none) {
      return;
    }
    Path salt = Salt.beside(out);
    if (Files.exists(salt) && !force) {
      throw new InputException(salt + " exists: choose another --out or pass --force");
    }
    try {
      key();
    } catch (InputException e) {
      throw new InputException(e.getMessage() + "; --no-certificate does without a key", e);
    }
  }

  boolean wanted() {
    return !none;
  }

  SigningKey key() {
    return key == null ? Keys.ofUser().own() : Keys.read(key);
  }
}
