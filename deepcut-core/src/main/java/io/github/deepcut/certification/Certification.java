package io.github.deepcut.certification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.certificate.ForgottenIds;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Predicate.DataFile;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certificate.Sentences;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.UnlearningRecord;
import io.github.deepcut.record.UnlearningRecord.Source;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be certified of an unlearning.
 *
 * @param erasure what was asked for
 * @param erased with the files in its record: see {@link Erased#with}
 * @param report its figures and verdict
 * @param test the file of the test data
 * @param imageSize to which images were resized, in pixels; empty where they were not
 * @param retrained the model that the figures compare with
 */
public record Certification(
    Erasure erasure,
    Erased erased,
    RunReport report,
    Optional<Path> test,
    OptionalInt imageSize,
    Optional<Predicate.Retrained> retrained) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Checks that the record of the unlearning names the training data.
   *
   * @param erasure what was asked for
   * @param erased with the files in its record
   * @param report its figures and verdict
   * @param test the file of the test data
   * @param imageSize to which images were resized, in pixels
   * @param retrained the model that the figures compare with
   * @throws InputException if it names none
   */
  public Certification {
    if (erased.record().training() == null) {
      throw new InputException(
          "the record of the unlearning names no training data, expected the file: nothing can be"
              + " certified of rows from nowhere");
    }
  }

  /**
   * What is to be certified of data that {@link io.github.deepcut.FineTunedModel#read} read,
   * without test data.
   *
   * @param erasure what was asked for
   * @param erased with the files in its record: see {@link Erased#with}
   * @param report its figures and verdict
   * @param retrained the model that the figures compare with
   */
  public Certification(
      Erasure erasure, Erased erased, RunReport report, Optional<Predicate.Retrained> retrained) {
    this(erasure, erased, report, Optional.empty(), erasure.model().resizing(), retrained);
  }

  /**
   * Writes the certificate into the folder of the unlearned model, which is complete but for it.
   * What the original's folder holds besides and was copied unread, the certificate names.
   *
   * @param folder of the unlearned model
   * @param key to sign with
   * @param run for the date, and where to say how far it is
   * @return what was written, with the salt to lay beside the folder
   * @throws InputException if a file or a tensor has a name that no certificate can say
   */
  public Issued issue(Path folder, SigningKey key, Run run) {
    run.progress().say("certifying: hashes of both models, Merkle trees of the rows");
    byte[] salt = Salt.fresh();
    Path original = erased.from().folder().path();
    Predicate said = said(salt, key, run);
    Certificate.sign(FolderHashes.following(original), FolderHashes.of(folder), said, key)
        .write(folder.resolve(Fingerprint.CERTIFICATE));
    return new Issued(key, salt);
  }

  private Predicate said(byte[] salt, SigningKey key, Run run) {
    var split = erasure.split();
    UnlearningRecord how = erased.record();
    Predicate.Data data = data(how);
    var method =
        new Predicate.Method(
            how.method(), how.set(), how.settings(), how.stop(), how.seed(), how.siblings());
    List<String> unread = Unread.of(erased.from());
    return new Predicate(
        Version.CURRENT,
        run.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        new Predicate.Signer(key.id(), Base64.getEncoder().encodeToString(key.open().getEncoded())),
        method,
        data,
        ForgottenIds.of(salt, new CertifiedRows(split.data()), split.forget()),
        retrained.orElse(null),
        unread,
        Machine.environment(erased.classifier().weights()),
        audit(),
        Sentences.PROVES,
        Sentences.doesNotProve(method, data, unread));
  }

  private Predicate.Data data(UnlearningRecord how) {
    Path original = erased.from().folder().path();
    return new Predicate.Data(
        file(how.training()),
        ModelRecord.read(original).map(ModelRecord::dataSha256).orElse(null),
        imageSize.isPresent() ? (Integer) imageSize.getAsInt() : null,
        file(how.holdout()),
        test.map(Source::of).map(Certification::file).orElse(null));
  }

  private static DataFile file(Source source) {
    return source == null
        ? null
        : new DataFile(Path.of(source.path()).getFileName().toString(), source.sha256());
  }

  private ObjectNode audit() {
    ObjectNode json = report.toJson(JSON);
    json.remove(List.of("command", "method", "seed", "out"));
    return json;
  }
}
