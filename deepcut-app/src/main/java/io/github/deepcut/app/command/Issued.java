package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.Erasure.Erased;
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
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.UnlearningRecord;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that was written into a model folder.
 *
 * @param key who signed it
 * @param salt the secret of its id hashes
 */
record Issued(SigningKey key, byte[] salt) {
  /**
   * Certifies.
   *
   * @param folder the unlearned model, complete but for the certificate
   */
  static Issued in(Path folder, SigningKey key, Facts facts, Run run) {
    run.progress().say("certifying: hashes of both models, Merkle trees of the rows");
    byte[] salt = Salt.fresh();
    var split = facts.erasure().split();
    Predicate.Data data = data(facts);
    Predicate predicate =
        new Predicate(
            Version.CURRENT,
            run.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            new Predicate.Signer(
                key.id(), Base64.getEncoder().encodeToString(key.open().getEncoded())),
            method(facts.erased().record()),
            data,
            ForgottenIds.of(salt, new CertifiedRows(split.data()), split.forget()),
            facts.retrainedOrNull(),
            facts.unread(),
            Machine.environment(facts.erased().classifier().weights()),
            audit(facts.report()),
            Sentences.PROVES,
            Sentences.doesNotProve(data, facts.unread()));
    Certificate.sign(
            FolderHashes.following(facts.original()), FolderHashes.of(folder), predicate, key)
        .write(folder.resolve(Fingerprint.CERTIFICATE));
    return new Issued(key, salt);
  }

  /**
   * What is certified.
   *
   * @param testOrNull the file of the test data
   * @param imageSizeOrNull to which images were resized
   * @param retrainedOrNull what the figures compare with
   * @param unread other weights, which were copied without being read
   */
  record Facts(
      Erasure erasure,
      Erased erased,
      RunReport report,
      Path testOrNull,
      Integer imageSizeOrNull,
      Predicate.Retrained retrainedOrNull,
      List<String> unread) {
    Path original() {
      return erased.from().folder().path();
    }
  }

  private static Predicate.Method method(UnlearningRecord how) {
    return new Predicate.Method(how.method(), how.set(), how.settings(), how.stop(), how.seed());
  }

  private static Predicate.Data data(Facts facts) {
    UnlearningRecord how = facts.erased().record();
    ModelRecord record = ModelRecord.read(facts.original());
    return new Predicate.Data(
        file(how.training()),
        record == null ? null : record.dataSha256(),
        facts.imageSizeOrNull(),
        file(how.holdout()),
        file(UnlearningRecord.Source.of(facts.testOrNull())));
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

  /**
   * Gives the folder its name. At every moment the folder of that name has its salt: the new one is
   * on the disk before, and the one of a folder that is replaced goes after.
   *
   * @param issuedOrNull the certificate in it
   */
  static void commit(OutputFolder folder, Issued issuedOrNull, Progress progress) {
    Optional<Path> replaced = Salt.of(folder.target());
    if (issuedOrNull == null) {
      folder.commit();
    } else {
      issuedOrNull.commit(folder, progress);
    }
    replaced.ifPresent(Salt::delete);
  }

  private void commit(OutputFolder folder, Progress progress) {
    folder.requireUnchanged(); // else there will be no folder for the salt to lie beside
    Path file = Salt.write(folder.target(), salt);
    try {
      folder.commit();
    } catch (InputException e) {
      throw new InputException(e.getMessage() + ", the salt of its certificate in " + file, e);
    }
    progress.say(
        "certified by key %s; the salt of its hashes is in %s: give it to auditors alone"
            .formatted(PublicKeys.id(key.open()), file));
  }
}
