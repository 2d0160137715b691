package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed certificates: none passes for the one that was signed, and none ends in anything but a
 * refusal in one line. {@code -Ddeepcut.fuzz.certificates=N} runs N of each kind instead of a few.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationFuzzTest {
  private static final int RUNS = Integer.getInteger("deepcut.fuzz.certificates", 150);

  /** What is the signer's word alone, so that a signer may say something else of it. */
  private static final List<String> CLAIMS =
      List.of(
          "/predicate/version",
          "/predicate/issued",
          "/predicate/method",
          "/predicate/data",
          "/predicate/ids/salt_sha256",
          "/predicate/retrained",
          "/predicate/unread",
          "/predicate/environment",
          "/predicate/audit",
          "/predicate/proves",
          "/predicate/does_not_prove");

  private Certified good;
  private byte[] bytes;
  private ObjectNode statement;

  @BeforeAll
  void certify(@TempDir Path folder) throws IOException {
    good = Certified.in(folder);
    bytes = Files.readAllBytes(good.file());
    statement = good.statement();
    Files.delete(good.file()); // the changed ones lie elsewhere, and it is none of them
  }

  private Verification verified(byte[] file, SigningKey given) throws IOException {
    Path forged = Files.write(good.folder().resolve("forged.json"), file);
    try {
      return Verification.of(forged, given.open()).model(good.model()).original(good.original());
    } catch (InputException e) {
      throw new AssertionError("only a file that cannot be read is wrong input", e);
    }
  }

  private static void linesAreLines(Verification found) {
    assertThat(found.differences())
        .allMatch(
            line -> line.length() < 2000 && line.equals(line.strip()) && !line.contains("null:"));
  }

  /** Bits, bytes, pieces: of the file as it lies there. */
  @Test
  void noChangedFileHolds() throws IOException {
    byte[] payload = Certificate.parse(bytes).envelope().payload();
    Random random = new Random(1);
    for (int i = 0; i < RUNS; i++) {
      byte[] changed = changed(bytes, random);
      Verification found = verified(changed, good.key());
      linesAreLines(found);
      if (found.isUnchanged()) { // white space between the envelope's fields, or a field's order
        assertThat(found.certificate().envelope().payload()).as("run %d", i).isEqualTo(payload);
      }
    }
  }

  private static byte[] changed(byte[] from, Random random) {
    int at = random.nextInt(from.length);
    int length = 1 + random.nextInt(8);
    byte[] head = Arrays.copyOf(from, at);
    byte[] tail = Arrays.copyOfRange(from, Math.min(from.length, at + length), from.length);
    byte[] junk = new byte[length];
    random.nextBytes(junk);
    return switch (random.nextInt(6)) {
      case 0 -> head;
      case 1 -> joined(head, tail);
      case 2 -> joined(head, junk, Arrays.copyOfRange(from, at, from.length));
      case 3 -> joined(head, junk, tail);
      case 4 ->
          joined(head, tail, Arrays.copyOfRange(from, at, Math.min(from.length, at + length)));
      default -> {
        byte[] flipped = from.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
    };
  }

  private static byte[] joined(byte[]... parts) {
    var out = new java.io.ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Statements in which something else stands, signed by a stranger in the signer's name. */
  @Test
  void noStatementOfAStrangerHolds() throws IOException {
    SigningKey stranger = SigningKey.generate();
    String spki = Base64.getEncoder().encodeToString(stranger.open().getEncoded());
    Random random = new Random(2);
    for (int i = 0; i < RUNS; i++) {
      ObjectNode changed = statement.deepCopy();
      if (random.nextBoolean()) {
        ObjectNode signer = (ObjectNode) changed.at("/predicate/signer");
        signer.put("key_id", stranger.id()).put("public_key", spki);
      }
      mutate(changed, random);
      Verification found = verified(Files.readAllBytes(good.sign(changed, stranger)), good.key());
      linesAreLines(found);
      assertThat(found.isUnchanged()).as("run %d", i).isFalse();
    }
  }

  /** The signer's own, in which anything but the signer's word alone is something else. */
  @Test
  void whatIsCheckedCannotBeMisstatedByTheSignerEither() throws IOException {
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < RUNS; i++) {
      ObjectNode changed = statement.deepCopy();
      String place = mutate(changed, random);
      Verification found = verified(Files.readAllBytes(good.sign(changed, good.key())), good.key());
      linesAreLines(found);
      refused += found.isUnchanged() ? 0 : 1;
      if (found.isUnchanged() && !changed.equals(statement)) {
        assertThat(CLAIMS).as("run %d, %s", i, place).anyMatch(place::startsWith);
      }
    }
    assertThat(refused).isGreaterThan(RUNS / 2);
  }

  /** Text that is hardly JSON, or hardly this: as a payload whose signature is right. */
  @Test
  void noPayloadEndsInAnythingButARefusal() throws IOException {
    byte[] payload = statement.toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(4);
    for (int i = 0; i < RUNS; i++) {
      byte[] changed = payload;
      for (int k = random.nextInt(3); k >= 0; k--) {
        changed = changed.length == 0 ? changed : changed(changed, random);
      }
      byte[] file = Files.readAllBytes(good.sign(changed, good.key()));
      linesAreLines(verified(file, good.key()));
    }
  }

  /** Changes one place, and tells which. */
  private static String mutate(ObjectNode root, Random random) {
    List<String> places = new ArrayList<>();
    collect(root, "", places);
    String place = places.get(random.nextInt(places.size()));
    int cut = place.lastIndexOf('/');
    JsonNode parent = root.at(place.substring(0, cut));
    String name = place.substring(cut + 1);
    JsonNode old = root.at(place);
    int kind = random.nextInt(8);
    if (parent instanceof ObjectNode object) {
      switch (kind) {
        case 0 -> object.remove(name);
        case 1 -> object.put(name + "x", 1);
        default -> object.set(name, other(old, random));
      }
      return kind == 1 ? place.substring(0, cut) + "/" : place;
    }
    ArrayNode array = (ArrayNode) parent;
    int i = Integer.parseInt(name);
    switch (kind) {
      case 0 -> array.remove(i);
      case 1 -> array.insert(i, array.get(i));
      case 2 -> array.add(array.remove(i));
      default -> array.set(i, other(old, random));
    }
    return place;
  }

  private static void collect(JsonNode node, String place, List<String> places) {
    if (node.isObject()) {
      node.properties().forEach(e -> add(e.getValue(), place + "/" + e.getKey(), places));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      add(node.get(i), place + "/" + i, places);
    }
  }

  private static void add(JsonNode node, String place, List<String> places) {
    places.add(place);
    collect(node, place, places);
  }

  private static JsonNode other(JsonNode old, Random random) {
    var make = StrictJson.MAPPER.getNodeFactory();
    List<UnaryOperator<JsonNode>> ways =
        List.of(
            o -> make.nullNode(),
            o -> make.booleanNode(true),
            o -> make.numberNode(o.asInt() + random.nextInt(5) - 2),
            o -> make.numberNode(BigInteger.ONE.shiftLeft(31 + random.nextInt(40)).negate()),
            o -> make.numberNode(BigInteger.ONE.shiftLeft(32).add(BigInteger.valueOf(o.asInt()))),
            o -> make.numberNode(random.nextDouble() * 1e300),
            o -> make.textNode(""),
            o -> make.textNode(o.asText() + "\n"),
            o -> make.textNode(digit(o.asText(), random)),
            o -> make.textNode("\ud800\u0000\u202e".repeat(random.nextInt(2000))),
            o -> make.arrayNode().add(o),
            o -> make.objectNode().set("x", o));
    return ways.get(random.nextInt(ways.size())).apply(old);
  }

  /** The text with another digit, or letter, in one place. */
  private static String digit(String text, Random random) {
    if (text.isEmpty()) {
      return "0";
    }
    int at = random.nextInt(text.length());
    char c = text.charAt(at);
    return text.substring(0, at) + (c == '0' ? '1' : '0') + text.substring(at + 1);
  }
}
