package io.github.deepcut.certificate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.SiblingsUsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a certificate says of an unlearning besides the hashes of the models.
 *
 * @param version of DeepCUT
 * @param issued when, in UTC
 * @param signer by whom
 * @param method how
 * @param data from what
 * @param ids what was forgotten
 * @param retrained the model that the figures compare with; null where there was none
 * @param unread files of the original that look like weights, and were copied without being read
 * @param audit figures with intervals, and the verdict: the report's
 */
public record Predicate(
    String version,
    String issued,
    Signer signer,
    Method method,
    Data data,
    ForgottenIds ids,
    Retrained retrained,
    List<String> unread,
    Environment environment,
    JsonNode audit,
    List<String> proves,
    List<String> doesNotProve) {
  public Predicate {
    unread = List.copyOf(unread);
    proves = List.copyOf(proves);
    doesNotProve = List.copyOf(doesNotProve);
  }

  /**
   * Who signed.
   *
   * @param keyId SHA-256 of the key
   * @param publicKey SubjectPublicKeyInfo, DER, base64
   */
  public record Signer(String keyId, String publicKey) {}

  /**
   * All that the unlearning depended on besides model, data and machine.
   *
   * @param set the settings that were given, which replay gives again
   * @param settings all of them, in the method's own form
   * @param siblings where its targets are from; null where it asked none
   */
  public record Method(
      String name,
      Map<String, String> set,
      JsonNode settings,
      String stop,
      long seed,
      @JsonInclude(JsonInclude.Include.NON_NULL) SiblingsUsed siblings) {
    public Method {
      set = Map.copyOf(set);
    }
  }

  /**
   * The files; held-out and test data may be null.
   *
   * @param trainedOn SHA-256 of the file that the original's record names as its training data;
   *     null where there is no record
   * @param imageSize to which images were resized; null where they were not, and for texts
   */
  public record Data(
      DataFile training, String trainedOn, Integer imageSize, DataFile holdout, DataFile test) {

    /** Whether the training data are, byte for byte, those of the original's record. */
    @JsonIgnore
    public boolean isOfRecord() {
      return training.sha256().equals(trainedOn);
    }
  }

  /** A file's name, without its folder, and its hash. */
  public record DataFile(String name, String sha256) {}

  /**
   * A model that never saw what was forgotten.
   *
   * @param how {@code given}, or {@code trained} by the same run
   * @param fingerprint {@link Fingerprint#ofModel} of its folder
   */
  public record Retrained(String how, String fingerprint) {
    /** One that was trained before the run. */
    public static Retrained given(Path folder) {
      return new Retrained("given", Fingerprint.ofModel(folder));
    }

    /** One that the run trained and wrote. */
    public static Retrained trained(Path folder) {
      return new Retrained("trained", Fingerprint.ofModel(folder));
    }
  }
}
