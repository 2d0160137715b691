package io.github.deepcut.certificate;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Statements that are not of the certificate's grammar, each by one change of a good one. */
final class Forgeries {
  private Forgeries() {}

  /** All of them: what the first difference matches, and the change. */
  static Stream<Arguments> all() {
    return Stream.of(ofSubjects(), ofIds(), ofFacts()).flatMap(forgeries -> forgeries);
  }

  /** Of the files and tensors. */
  private static Stream<Arguments> ofSubjects() {
    return Stream.of(
        forgery("subject is a list of 0, .*", s -> ((ArrayNode) s.get("subject")).removeAll()),
        forgery("subject: there is no tensor under after/", s -> subjects(s, "before/")),
        forgery("subject: there is no tensor under before/", s -> subjects(s, "after/")),
        forgery(
            "subject 'after/config.json' stands behind 'after/config.json': expected each once.*",
            s -> subject(s, 0, "after/config.json")),
        forgery(
            "subject\\[\\d+\\].name is .elsewhere/x., expected pattern .*",
            s -> add(s, "elsewhere/x")),
        forgery("subject 'before/../x' is no path .*", s -> add(s, "before/../x")),
        forgery("subject 'before//x' is no path .*", s -> add(s, "before//x")),
        forgery("subject 'before/./x' is no path .*", s -> add(s, "before/./x")),
        forgery(
            "subject 'before/' is no path .*|subject\\[\\d+\\].name .*", s -> add(s, "before/")),
        forgery("subject\\[\\d+\\].name is .before/x\\\\u0000y., .*", s -> add(s, "before/x\0y")),
        forgery("subject\\[\\d+\\].name is .before/x\\\\ny., .*", s -> add(s, "before/x\ny")),
        forgery(
            "subject 'before/x.safetensors#w' is a tensor of a file that is no subject",
            s -> add(s, "before/x.safetensors#w")));
  }

  /** Of the rows, forgotten and in all. */
  private static Stream<Arguments> ofIds() {
    return Stream.of(
        forgery(
            "predicate.ids.forgotten is a list of 0, .*", s -> list(s, "forgotten").removeAll()),
        forgery("id .*: stands behind .*", s -> twice(list(s, "forgotten"))),
        forgery(
            "presence proof: leaf .*",
            s -> twice((ArrayNode) s.at("/predicate/ids/presence/leaves"))),
        size("4294967306"), // 2^32 + 10: 10 in 32 bits
        size("2147483648"),
        size("-1"),
        size("0"),
        size("99999999999999999999999999"),
        forgery(
            "predicate.ids.before.size is 10.0, expected type .integer.",
            s -> tree(s).put("size", 10.0)),
        forgery(
            "predicate.ids.before.size is .10., expected type .integer.",
            s -> tree(s).put("size", "10")),
        forgery(
            "ids: 11 before less 2 forgotten are not the 8 after", s -> tree(s).put("size", 11)),
        forgery(
            "predicate.ids.before.root is .0.*, expected pattern .*",
            s -> tree(s).put("root", "0".repeat(64) + "\n")));
  }

  /** Of the run and of who signs. */
  private static Stream<Arguments> ofFacts() {
    return Stream.of(
        forgery(
            "predicate.method.seed is 9223372036854775808, expected maximum .*",
            s -> at(s, "method").put("seed", new BigInteger("9223372036854775808"))),
        forgery(
            "predicate.environment.threads is 0, .*", s -> at(s, "environment").put("threads", 0)),
        forgery(
            "predicate.audit.verdict is .forgotten\\\\nsigned.*",
            s -> at(s, "audit").put("verdict", "forgotten\nsigned by")),
        forgery(
            "its predicateType is .*/v1, which did not bind the contents of the rows: .*",
            s -> s.put("predicateType", "https://deepcut.github.io/unlearning/v1")),
        forgery("predicateType is .other., .*", s -> s.put("predicateType", "other")),
        forgery(
            "_type is .https://in-toto.io/Statement/v0.1., .*",
            s -> s.put("_type", "https://in-toto.io/Statement/v0.1")),
        forgery(
            "predicate.signer.public_key is .AAAA., .*",
            s -> at(s, "signer").put("public_key", "AAAA")),
        forgery(
            "signature: it is not that of key .*|no Ed25519 public key.*",
            s -> at(s, "signer").put("public_key", "A".repeat(59) + "=")),
        forgery("signer: key_id is not .*", s -> at(s, "signer").put("key_id", "0".repeat(64))));
  }

  private static Arguments forgery(String message, Consumer<ObjectNode> change) {
    return arguments(message, change);
  }

  private static Arguments size(String number) {
    return forgery(
        "predicate.ids.before.size is " + number + ", expected m(in|ax)imum .*",
        s -> tree(s).put("size", new BigInteger(number)));
  }

  static ObjectNode at(ObjectNode statement, String field) {
    return (ObjectNode) statement.get("predicate").get(field);
  }

  private static ArrayNode list(ObjectNode statement, String field) {
    return (ArrayNode) at(statement, "ids").get(field);
  }

  private static ObjectNode tree(ObjectNode statement) {
    return (ObjectNode) at(statement, "ids").get("before");
  }

  private static void twice(ArrayNode list) {
    list.insert(1, list.get(0));
    list.remove(2);
  }

  private static void subjects(ObjectNode statement, String prefix) {
    ArrayNode kept = statement.arrayNode();
    statement.get("subject").forEach(s -> addIf(kept, s, prefix));
    statement.set("subject", kept);
  }

  private static void addIf(ArrayNode kept, JsonNode subject, String prefix) {
    if (subject.get("name").asText().startsWith(prefix)) {
      kept.add(subject);
    }
  }

  private static void subject(ObjectNode statement, int place, String name) {
    ObjectNode subject = ((ArrayNode) statement.get("subject")).insertObject(place);
    subject.put("name", name).putObject("digest").put("sha256", "0".repeat(64));
  }

  /** Where it belongs: names ascend. */
  private static void add(ObjectNode statement, String name) {
    int place = 0;
    for (JsonNode subject : statement.get("subject")) {
      place += subject.get("name").asText().compareTo(name) < 0 ? 1 : 0;
    }
    subject(statement, place, name);
  }
}
