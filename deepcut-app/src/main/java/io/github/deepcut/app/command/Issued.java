package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.Erasure.Erased;
import io.github.deepcut.Machine;
import io.github.deepcut.UnlearningRecord;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.certificate.ForgottenIds;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Predicate.DataFile;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that was written into a model folder.
 *
 * @param key who signed it
 * @param salt the secret of its id hashes
 */
record Issued(SigningKey key, byte[] salt) {
  private static final List<String> PROVES =
      List.of(
          "The holder of the key stated this, and neither statement nor model was changed since.",
          "The files and tensors under after/ are those that this unlearning wrote; those under"
              + " before/ are those that it read.",
          "Under the salt committed to, the forgotten ids were in the set of training ids before"
              + " and are not in the set after; who has salt and data can recompute both sets.",
          "Who has the original, the data and the salt can run the unlearning again and compare"
              + " every tensor.");
  private static final List<String> DOES_NOT_PROVE =
      List.of(
          "That nothing of the forgotten examples is left in the weights: the audit's figures are"
              + " statistics, with their intervals, for the attacks that were run.",
          "That the training data named here are all that the original was trained on, or that no"
              + " retained example repeats what a forgotten one says.",
          "Anything about other copies of the model, of the data, or about backups.",
          "Who holds the key: compare its id with one received from the signer by another way.");

  /**
   * Certifies.
   *
   * @param folder the unlearned model, complete but for the certificate
   */
  static Issued in(Path folder, SigningKey key, Facts facts, Run run) {
    run.progress().say("certifying: hashes of both models, Merkle trees of the ids");
    byte[] salt = Salt.fresh();
    var split = facts.erasure().split();
    Predicate predicate =
        new Predicate(
            Version.CURRENT,
            run.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            new Predicate.Signer(
                key.id(), Base64.getEncoder().encodeToString(key.open().getEncoded())),
            method(facts.erased().record()),
            data(facts.erased().record(), facts.testOrNull()),
            ForgottenIds.of(salt, split.data().size(), split.data()::id, split.forget()),
            Machine.environment(facts.erased().classifier().weights()),
            audit(facts.report()),
            PROVES,
            DOES_NOT_PROVE);
    Path original = facts.erased().from().folder().path();
    Certificate.sign(FolderHashes.of(original), FolderHashes.of(folder), predicate, key)
        .write(folder.resolve(Fingerprint.CERTIFICATE));
    return new Issued(key, salt);
  }

  /**
   * What is certified.
   *
   * @param testOrNull the file of the test data
   */
  record Facts(Erasure erasure, Erased erased, RunReport report, Path testOrNull) {}

  private static Predicate.Method method(UnlearningRecord how) {
    return new Predicate.Method(how.method(), how.set(), how.settings(), how.stop(), how.seed());
  }

  private static Predicate.Data data(UnlearningRecord how, Path testOrNull) {
    return new Predicate.Data(
        file(how.training()), file(how.holdout()), file(UnlearningRecord.Source.of(testOrNull)));
  }

  private static DataFile file(UnlearningRecord.Source source) {
    return source == null
        ? null
        : new DataFile(Path.of(source.path()).getFileName().toString(), source.sha256());
  }

  private static ObjectNode audit(RunReport report) {
    ObjectNode json = report.toJson(Answer.MAPPER);
    json.remove(List.of("command", "method", "seed", "out"));
    return json;
  }

  /** Writes the salt beside the folder, once that has its name. */
  void keepSalt(Path out, Progress progress) {
    Path file = Salt.beside(out);
    Salt.write(file, salt);
    progress.say(
        "certified by key %s; the salt of its id hashes is in %s: give it to auditors alone"
            .formatted(PublicKeys.id(key.open()), file));
  }
}
