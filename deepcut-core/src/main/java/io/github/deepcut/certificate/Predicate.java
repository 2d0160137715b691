package io.github.deepcut.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.provenance.Environment;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a certificate says of an unlearning besides the hashes of the models.
 *
 * @param version of DeepCUT
 * @param issued when, in UTC
 * @param signer by whom
 * @param method how
 * @param data from what
 * @param ids what was forgotten
 * @param audit figures with intervals, and the verdict: the report's
 */
public record Predicate(
    String version,
    String issued,
    Signer signer,
    Method method,
    Data data,
    ForgottenIds ids,
    Environment environment,
    JsonNode audit,
    List<String> proves,
    List<String> doesNotProve) {
  public Predicate {
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(audit, "audit");
    proves = List.copyOf(proves);
    doesNotProve = List.copyOf(doesNotProve);
  }

  /**
   * Who signed.
   *
   * @param keyId SHA-256 of the key
   * @param publicKey SubjectPublicKeyInfo, DER, base64
   */
  public record Signer(String keyId, String publicKey) {
    public Signer {
      Objects.requireNonNull(publicKey, "public_key");
    }
  }

  /**
   * All that the unlearning depended on besides model, data and machine.
   *
   * @param set the settings that were given, which replay gives again
   * @param settings all of them, in the method's own form
   */
  public record Method(
      String name, Map<String, String> set, JsonNode settings, String stop, long seed) {
    public Method {
      Objects.requireNonNull(name, "name");
      set = Map.copyOf(set);
    }
  }

  /** The files; those but the training data may be null. */
  public record Data(DataFile training, DataFile holdout, DataFile test) {
    public Data {
      Objects.requireNonNull(training, "training");
    }
  }

  /** A file's name, without its folder, and its hash. */
  public record DataFile(String name, String sha256) {}
}
