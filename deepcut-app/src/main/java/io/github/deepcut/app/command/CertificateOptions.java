package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Keys;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether to certify, and with which key. */
final class CertificateOptions {
  @Option(
      names = "--no-certificate",
      negatable = false,
      description = "Write no certificate.json into the output folder.")
  private boolean none;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "An Ed25519 private key (PEM, PKCS#8) to sign the certificate with; without, one of"
              + " yours is made at first use.")
  private Path key;

  /** Complains before the work begins. */
  void check() {
    if (none && key != null) {
      throw new InputException("give --key or --no-certificate, not both");
    }
    if (key != null) {
      Keys.read(key);
    }
  }

  boolean wanted() {
    return !none;
  }

  SigningKey key() {
    return key == null ? Keys.ofUser().own() : Keys.read(key);
  }
}
