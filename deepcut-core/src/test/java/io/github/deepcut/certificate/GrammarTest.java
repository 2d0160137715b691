package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.SigningKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not of the certificate's grammar is refused by name, though the right key signed it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrammarTest {
  private static final SigningKey OTHER = SigningKey.generate();

  private Certified good;

  @BeforeAll
  void certify(@TempDir Path folder) throws IOException {
    good = Certified.in(folder);
  }

  private Verification verified(Path file) {
    return Verification.of(file, good.key().open()).model(good.model()).original(good.original());
  }

  private void refused(Path file, String message) {
    assertThat(verified(file).differences())
        .singleElement()
        .asString()
        .matches("(?s)[a-z]+\\.json: " + message);
  }

  @Test
  void theOneThatWasWrittenHolds() {
    Verification found = verified(good.file());
    assertThat(found.differences()).isEmpty();
    assertThat(verified(good.sign(good.statement(), good.key())).differences())
        .containsExactly(good.file() + ": is not the certificate that is checked");
    assertThat(found.certificate().predicate().ids().check(Certified.SALT, Certified.ROWS))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.github.deepcut.certificate.Forgeries#all")
  void isRefusedByName(String message, Consumer<ObjectNode> change) {
    ObjectNode statement = good.statement();
    change.accept(statement);
    List<String> found =
        Verification.of(good.sign(statement, good.key()), good.key().open()).differences();
    assertThat(found).isNotEmpty();
    assertThat(found.get(0)).matches("(?s)forged.json: (" + message + ")");
  }

  /** Fields that may be missing or added: their objects are not of the certificate's making. */
  private static final Set<String> OPEN =
      Set.of("predicate.audit", "predicate.method.set", "predicate.method.settings");

  @Test
  void everyMissingAndEveryUnknownFieldIsNamed() {
    int[] fields = {0};
    walk(good.statement(), "", fields);
    assertThat(fields[0]).isGreaterThan(60);
  }

  private void walk(JsonNode node, String place, int[] fields) {
    if (node.isArray() && !node.isEmpty()) {
      walk(node.get(0), place + "[0]", fields);
    }
    if (node.isObject() && !OPEN.contains(place)) {
      String before = place.isEmpty() ? "" : place + ".";
      ObjectNode more = good.statement();
      ((ObjectNode) find(more, place)).put("unknown", 1);
      refused(
          good.sign(more, good.key()),
          "\\Q" + before + "unknown: no field of this name is known\\E");
      for (var field : node.properties()) {
        ObjectNode fewer = good.statement();
        ((ObjectNode) find(fewer, place)).remove(field.getKey());
        String missing = place.isEmpty() && field.getKey().equals("predicateType") ? "" : before;
        refused(good.sign(fewer, good.key()), "\\Q" + missing + field.getKey() + "\\E is missing");
        fields[0]++;
        walk(field.getValue(), before + field.getKey(), fields);
      }
    }
  }

  private static JsonNode find(JsonNode root, String place) {
    return place.isEmpty() ? root : root.at("/" + place.replace('.', '/').replace("[0]", "/0"));
  }

  @Test
  void onlyStrictJsonIsRead() throws IOException {
    String text = good.statement().toString();
    refused(
        raw(text.replaceFirst("\\{", "{\"_type\":\"x\",")),
        "must be JSON: Duplicate field '_type'.*");
    refused(raw(text + " {}"), "must be JSON: Trailing token.*");
    refused(raw("[" + text + "]"), "must be a JSON object, found ARRAY");
    refused(raw("\ufeff" + text), "must be JSON: Unexpected character.*");
    refused(raw(""), "must be a JSON object, found MISSING");
    refused(
        raw(
            text.replace(
                "\"task\":\"ner\"", "\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000))),
        "must be JSON: .*[Nn]esting.*");
    refused(
        raw(text.replace("\"seed\":1", "\"seed\":" + "1".repeat(5000))),
        "must be JSON: .*length.*");
    refused(good.sign(text.getBytes(StandardCharsets.UTF_16BE), good.key()), "must be JSON.*");
    byte[] broken = text.getBytes(StandardCharsets.UTF_8);
    broken[text.indexOf("ner")] = (byte) 0xff;
    refused(good.sign(broken, good.key()), "must be JSON in UTF-8");
    refused(file("{\"payload\":1}"), "payloadType is missing|payload is 1, .*");
    refused(file("nothing"), "must be JSON: .*");
  }

  private Path raw(String statement) {
    return good.sign(statement.getBytes(StandardCharsets.UTF_8), good.key());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(good.folder().resolve("forged.json"), text);
  }

  @Test
  void anEnvelopeHasItsFieldsAndOneSignature() throws IOException {
    String text = Files.readString(good.file()).strip();
    refused(file(text.replaceFirst("\\{", "{\"more\":1,")), "more: no field of this name is known");
    String one = text.substring(text.indexOf("[{") + 1, text.indexOf("}]") + 1);
    refused(file(text.replace("[" + one + "]", "[]")), "signatures is a list of 0, .*");
    refused(
        file(text.replace("[" + one + "]", "[" + one + "," + one + "]")),
        "signatures is a list of 2, .*");
    refused(
        file(text.replaceFirst("\"keyid\":\"[^\"]*\",", "")), "signatures\\[0\\].keyid is missing");
    refused(file(text.replace(good.key().id(), OTHER.id())), "keyid: is .*, but the key's is .*");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    Path huge = good.folder().resolve("huge.json");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 40); // a hole, which takes no room
    }
    refused(huge, "it is larger than the 268435456 bytes that a certificate may have");
    Files.delete(huge);
  }

  @Test
  void aSignerWhoIsNotTheOneGivenIsNamed() {
    ObjectNode statement = good.statement();
    refused(good.sign(statement, OTHER), "signature: it is not that of key .*");
    Forgeries.at(statement, "signer").put("key_id", OTHER.id());
    String spki = java.util.Base64.getEncoder().encodeToString(OTHER.open().getEncoded());
    Forgeries.at(statement, "signer").put("public_key", spki);
    refused(good.sign(statement, OTHER), "signature: made by key .*, not by the key given, .*");
    assertThat(Verification.of(good.sign(statement, OTHER), null).isUnchanged()).isTrue();
  }
}
