package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.run.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deepcut verify}. Without {@code --replay} it loads no libtorch. */
@Command(
    name = "verify",
    sortOptions = false,
    description =
        "Checks a certificate: signature, hashes of all files and tensors, proofs; with --data the"
            + " training data row by row, with --replay the unlearning itself. Exit status 1 if"
            + " something differs, 4 if all is as certified but the key is neither yours, nor known"
            + " (deepcut trust), nor given.")
final class VerifyCommand extends AbstractCommand {
  @Parameters(paramLabel = "CERTIFICATE", description = "certificate.json.")
  private Path certificate;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The unlearned model.")
  private Path model;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The signer's key (PEM), received by another way; without, yours and those that deepcut"
              + " trust made known are trusted.")
  private Path publicKey;

  @Option(names = "--original", paramLabel = "DIR", description = "The original, to check as well.")
  private Path original;

  @Option(
      names = "--retrained",
      paramLabel = "DIR",
      description = "The retrained model that the figures compare with, to check as well.")
  private Path retrained;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "The training data, to recompute the trees of its rows; needs the salt.")
  private Path data;

  @Option(
      names = "--salt",
      paramLabel = "FILE",
      description = "The salt of the hashes (default: that of the certificate, beside the model).")
  private Path salt;

  @Option(
      names = "--replay",
      description =
          "Run the unlearning again and compare all tensors; needs --data and the salt."
              + " --original and --holdout are looked for where the run found them.")
  private boolean replay;

  @Option(names = "--holdout", paramLabel = "FILE", description = "For --replay.")
  private Path holdout;

  @Mixin private ImageOptions images;

  @Override
  Answer answer() {
    if (replay && data == null) {
      throw new InputException("--replay needs --data, the training data");
    }
    if (!Files.isDirectory(model)) {
      throw new InputException("--model " + model + ": no such directory");
    }
    PublicKey given = publicKey == null ? null : Keys.readOpen(publicKey);
    Verification found = folders(Verification.of(certificate, given).model(model));
    List<String> notes = new ArrayList<>();
    if (found.certificate() != null && data != null) {
      found = found.and(TrainingIds.check(found.certificate().predicate(), data, salt(found)));
    }
    if (replay && found.isUnchanged()) {
      Replay again = new Replay(found.certificate(), data, salt(found), images);
      found = again.compare(found, Replay.inputs(model, original, holdout), run(0), notes);
    }
    Trust trust = given == null ? Trust.in(found.key(), Keys.ofUser()) : Trust.GIVEN;
    return new VerifyAnswer(found, model, trust, notes).of(looked());
  }

  private Verification folders(Verification found) {
    Verification before = original == null ? found : found.original(original);
    return retrained == null ? before : before.retrained(retrained);
  }

  private VerifyAnswer.Looked looked() {
    return new VerifyAnswer.Looked(original != null || replay, data != null, replay);
  }

  private byte[] salt(Verification found) {
    if (salt != null) {
      return Salt.read(salt);
    }
    Path file = Salt.beside(model, found.certificate().predicate().ids().saltSha256());
    if (!Files.exists(file)) {
      throw new InputException(
          file + ": no such file: --data and --replay need the salt; pass it as --salt FILE");
    }
    return Salt.read(file);
  }
}
