package io.github.deepcut.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The certificate of an unlearning: an in-toto Statement v1 in a signed {@link Envelope}. Its
 * format is described in docs/certificate.md; its grammar is a JSON Schema, and what is not of it
 * is neither written nor read.
 *
 * @param before hashes of the original's files and tensors: see {@link FolderHashes}
 * @param after the same of the unlearned model
 */
public record Certificate(
    Envelope envelope, Map<String, String> before, Map<String, String> after, Predicate predicate) {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE_TYPE = "https://deepcut.github.io/unlearning/v2";

  private static final Schema ENVELOPE = Schema.read("envelope.schema.json");
  private static final Schema STATEMENT = Schema.read("statement-v2.schema.json");

  public Certificate {
    before = Collections.unmodifiableMap(new TreeMap<>(before));
    after = Collections.unmodifiableMap(new TreeMap<>(after));
  }

  /**
   * Signs.
   *
   * @throws InputException if what is to be said is not of the grammar, such as a file whose name
   *     holds a line feed
   */
  public static Certificate sign(
      FolderHashes before, FolderHashes after, Predicate predicate, SigningKey key) {
    var statement = StrictJson.MAPPER.createObjectNode().put("_type", STATEMENT_TYPE);
    statement.set("subject", Subjects.of(before.hashes(), after.hashes()));
    statement.put("predicateType", PREDICATE_TYPE);
    statement.set("predicate", StrictJson.MAPPER.valueToTree(predicate));
    try {
      byte[] payload = StrictJson.MAPPER.writeValueAsBytes(statement);
      return of(Envelope.sign(PAYLOAD_TYPE, payload, key));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    } catch (IllegalArgumentException e) {
      throw new InputException("this cannot be certified: " + e.getMessage(), e);
    }
  }

  /** Writes it, one line of JSON. */
  public void write(Path file) {
    try {
      Files.writeString(file, envelope.toJson() + "\n");
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  /**
   * Reads one; its signature is not looked at.
   *
   * @throws InputException if the file cannot be read
   * @throws IllegalArgumentException if it is no certificate
   */
  public static Certificate read(Path file) {
    return parse(bytes(file));
  }

  /** A regular file of a size that a certificate may have: nothing else is opened. */
  private static byte[] bytes(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InputException(file + ": not a regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = Files.size(file) > StrictJson.MAX_BYTES ? null : in.readAllBytes();
        if (bytes == null || bytes.length > StrictJson.MAX_BYTES) {
          throw new IllegalArgumentException(
              "it is larger than the %d bytes that a certificate may have"
                  .formatted(StrictJson.MAX_BYTES));
        }
        return bytes;
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  static Certificate parse(byte[] text) {
    JsonNode json = StrictJson.read(text);
    ENVELOPE.check(json);
    return of(Envelope.parse(json));
  }

  private static Certificate of(Envelope envelope) {
    JsonNode statement = StrictJson.read(envelope.payload());
    requireThisVersion(statement.path("predicateType").asText());
    STATEMENT.check(statement);
    try {
      return new Certificate(
          envelope,
          Subjects.under(Subjects.BEFORE, statement.get("subject")),
          Subjects.under(Subjects.AFTER, statement.get("subject")),
          StrictJson.MAPPER.treeToValue(statement.get("predicate"), Predicate.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("predicate: " + e.getOriginalMessage(), e);
    }
  }

  private static void requireThisVersion(String type) {
    if (type.equals("https://deepcut.github.io/unlearning/v1")) {
      throw new IllegalArgumentException(
          "its predicateType is "
              + type
              + ", which did not bind the contents of the rows: unlearn"
              + " again for a certificate of the version "
              + PREDICATE_TYPE);
    }
  }
}
