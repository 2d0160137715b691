package io.github.deepcut.app.command;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certification.Unread;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
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

  @Option(
      names = "--keep-other-weights",
      description =
          "Certify even if the folder holds other weights, which are copied unread, and say so in"
              + " the certificate.")
  private boolean keepOthers;

  /** Complains before the work begins; makes the user's key where there is none. */
  void check() {
    if (none && key != null) {
      throw new InputException("give --key or --no-certificate, not both");
    }
    if (none) {
      return;
    }
    try {
      key();
    } catch (InputException e) {
      throw new InputException(e.getMessage() + "; --no-certificate does without a key", e);
    }
  }

  /** Refuses to certify unasked that something is copied unread. */
  void check(FineTunedModel original) {
    List<String> unread = wanted() && !keepOthers ? Unread.of(original) : List.of();
    if (!unread.isEmpty()) {
      throw new InputException(
          original.folder().path()
              + " holds other weights, which would be copied unread and still hold what is to be"
              + " forgotten: "
              + String.join(", ", unread)
              + ": remove them, or pass --keep-other-weights to certify all the same");
    }
  }

  boolean wanted() {
    return !none;
  }

  SigningKey key() {
    return key == null ? Keys.ofUser().own() : Keys.read(key);
  }
}
