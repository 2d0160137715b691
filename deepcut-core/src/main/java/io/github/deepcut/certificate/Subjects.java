package io.github.deepcut.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a statement is about: the files and tensors of the original under {@code before/}, those of
 * the unlearned model under {@code after/}, each with its SHA-256; names as in {@link
 * FolderHashes}.
 */
final class Subjects {
  static final String BEFORE = "before/";
  static final String AFTER = "after/";

  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  private Subjects() {}

  /** As JSON, by name. */
  static ArrayNode of(Map<String, String> before, Map<String, String> after) {
    Map<String, String> all = new TreeMap<>();
    before.forEach((name, hash) -> all.put(BEFORE + name, hash));
    after.forEach((name, hash) -> all.put(AFTER + name, hash));
    ArrayNode list = StrictJson.MAPPER.createArrayNode();
    all.forEach(
        (name, hash) -> list.addObject().put("name", name).putObject("digest").put("sha256", hash));
    return list;
  }

  /**
   * Those of one prefix, by the rest of their names.
   *
   * @param list of the schema's form
   * @throws IllegalArgumentException if names do not ascend, lead out of the folder, or name a
   *     tensor of no file; or if there is no file or no tensor under the prefix
   */
  static Map<String, String> under(String prefix, JsonNode list) {
    Map<String, String> hashes = new TreeMap<>();
    String before = "";
    for (JsonNode subject : list) {
      String name = subject.get("name").asText();
      if (name.compareTo(before) <= 0) {
        throw new IllegalArgumentException(
            "subject '" + name + "' stands behind '" + before + "': expected each once, by name");
      }
      before = name;
      if (name.startsWith(prefix)) {
        hashes.put(name.substring(prefix.length()), subject.get("digest").get("sha256").asText());
      }
    }
    hashes.keySet().forEach(name -> requireFile(prefix, name, hashes.keySet()));
    if (hashes.keySet().stream().noneMatch(name -> FolderHashes.file(name) != null)) {
      throw new IllegalArgumentException("subject: there is no tensor under " + prefix);
    }
    return hashes;
  }

  private static void requireFile(String prefix, String name, Set<String> all) {
    String file = FolderHashes.file(name);
    if (file != null && !all.contains(file)) {
      throw new IllegalArgumentException(
          "subject '" + prefix + name + "' is a tensor of a file that is no subject");
    }
    if (file == null && Arrays.stream(name.split("/", -1)).anyMatch(NO_NAMES::contains)) {
      throw new IllegalArgumentException(
          "subject '" + prefix + name + "' is no path inside a folder");
    }
  }
}
