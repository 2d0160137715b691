package io.github.deepcut.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The certificate of an unlearning: an in-toto Statement v1 in a signed {@link Envelope}. Its
 * format is described in docs/certificate.md.
 *
 * @param before hashes of the original's files and tensors: see {@link FolderHashes}
 * @param after the same of the unlearned model
 */
public record Certificate(
    Envelope envelope, Map<String, String> before, Map<String, String> after, Predicate predicate) {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE_TYPE = "https://deepcut.github.io/unlearning/v1";
  static final String BEFORE = "before/";
  static final String AFTER = "after/";

  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // some verifiers count characters, not bytes
          .build();

  public Certificate {
    before = Collections.unmodifiableMap(new TreeMap<>(before));
    after = Collections.unmodifiableMap(new TreeMap<>(after));
  }

  /** Signs. */
  public static Certificate sign(
      FolderHashes before, FolderHashes after, Predicate predicate, SigningKey key) {
    var statement = JSON.createObjectNode().put("_type", STATEMENT_TYPE);
    var subjects = statement.putArray("subject");
    Map<String, String> all = new TreeMap<>();
    before.hashes().forEach((name, hash) -> all.put(BEFORE + name, hash));
    after.hashes().forEach((name, hash) -> all.put(AFTER + name, hash));
    all.forEach(
        (name, hash) ->
            subjects.addObject().put("name", name).putObject("digest").put("sha256", hash));
    statement.put("predicateType", PREDICATE_TYPE).set("predicate", JSON.valueToTree(predicate));
    try {
      Envelope signed = Envelope.sign(PAYLOAD_TYPE, JSON.writeValueAsBytes(statement), key);
      return new Certificate(signed, before.hashes(), after.hashes(), predicate);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
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
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  static Certificate parse(byte[] text) {
    Envelope envelope = Envelope.parse(tree(text));
    require("payloadType", envelope.payloadType(), PAYLOAD_TYPE);
    JsonNode statement = tree(envelope.payload());
    require("_type", statement.path("_type").asText(), STATEMENT_TYPE);
    require("predicateType", statement.path("predicateType").asText(), PREDICATE_TYPE);
    try {
      Predicate predicate = JSON.treeToValue(statement.path("predicate"), Predicate.class);
      if (predicate == null) {
        throw new IllegalArgumentException("predicate is missing");
      }
      return new Certificate(
          envelope, subjects(statement, BEFORE), subjects(statement, AFTER), predicate);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("predicate: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> subjects(JsonNode statement, String prefix) {
    Map<String, String> hashes = new TreeMap<>();
    for (JsonNode subject : statement.path("subject")) {
      String name = subject.path("name").asText();
      if (name.startsWith(prefix)) {
        hashes.put(name.substring(prefix.length()), subject.path("digest").path("sha256").asText());
      }
    }
    return hashes;
  }

  private static JsonNode tree(byte[] text) {
    try {
      JsonNode tree = JSON.readTree(text);
      if (!tree.isObject()) {
        throw new IllegalArgumentException("must be a JSON object, found " + tree.getNodeType());
      }
      return tree;
    } catch (IOException e) {
      String why = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
      throw new IllegalArgumentException("must be JSON: " + FileErrors.oneLine(why), e);
    }
  }

  private static void require(String field, String found, String expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "%s is '%s', expected '%s'".formatted(field, found, expected));
    }
  }
}
