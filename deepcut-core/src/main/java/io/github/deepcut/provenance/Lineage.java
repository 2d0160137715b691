package io.github.deepcut.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A link of the chain of model folders from which one was made, as their {@code deepcut.json} tell.
 *
 * @param folder where it is said to lie
 * @param made how it was made, in few words each; none where it has no record
 * @param state whether the folder is there, and still what it was
 */
public record Lineage(String folder, List<String> made, String state) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The chain, the folder itself first; it ends at a folder that is not there or has no record. */
  public static List<Lineage> of(Path folder) {
    List<Lineage> chain = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    Parent next = new Parent("", folder.toAbsolutePath().normalize().toString(), null);
    while (next != null) {
      Path path = pathOrNull(next.path());
      if (path == null) {
        chain.add(new Lineage(next.path(), List.of(), "no path"));
        break;
      }
      if (!seen.add(path)) {
        break;
      }
      JsonNode record = record(path);
      if (record == null) {
        String state = state(path, next, chain.isEmpty());
        chain.add(new Lineage(next.path(), List.of("its record is no JSON"), state));
        break;
      }
      chain.add(new Lineage(next.path(), made(record), state(path, next, chain.isEmpty())));
      next = parent(record);
    }
    return List.copyOf(chain);
  }

  private static Path pathOrNull(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What a folder's record says, missing where there is none; null where it is no JSON. */
  private static JsonNode record(Path folder) {
    Path file = folder.resolve(Fingerprint.RECORD);
    if (!Files.isRegularFile(file)) {
      return JSON.getNodeFactory().missingNode();
    }
    byte[] bytes = bytes(file);
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) { // of its content, which is all read
      return null;
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> made(JsonNode record) {
    List<String> made = new ArrayList<>();
    JsonNode unlearning = record.path("unlearning");
    if (unlearning.isObject()) {
      made.add("unlearned by " + unlearning.path("method").asText());
      made.add(
          "%d of %d examples forgotten"
              .formatted(
                  unlearning.path("forgotten").asInt(),
                  unlearning.path("forgotten").asInt() + unlearning.path("retained").asInt()));
      add(made, "seed ", unlearning.path("seed"));
      add(made, "data ", unlearning.path("training").path("path"));
    } else if (record.isObject()) {
      made.add(
          record.path("task").asText().equals("pretrain")
              ? "pretrained"
              : "fine-tuned for " + record.path("task").asText());
      add(made, "seed ", record.path("recipe").path("seed"));
      add(made, "data ", record.path("data"));
      record.path("corpus").forEach(source -> add(made, "text ", source.path("path")));
    }
    add(made, "version ", record.path("version"));
    return made;
  }

  private static void add(List<String> made, String what, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      made.add(what + value.asText());
    }
  }

  /** The first of the parents; records of old have {@code base} alone. */
  private static Parent parent(JsonNode record) {
    JsonNode parent = record.path("parents").path(0);
    if (parent.path("path").isTextual()) {
      return new Parent(
          parent.path("how").asText(),
          parent.get("path").asText(),
          parent.path("fingerprint").asText(null));
    }
    return record.path("base").isTextual()
        ? new Parent("trained", record.get("base").asText(), null)
        : null;
  }

  private static String state(Path path, Parent named, boolean first) {
    if (!Files.isDirectory(path)) {
      return "not here";
    }
    String found = Fingerprint.ofModel(path);
    if (first) {
      return "fingerprint " + found;
    }
    if (named.fingerprint() == null) {
      return "here, fingerprint not recorded";
    }
    return found.equals(named.fingerprint())
        ? "fingerprint as recorded, " + found
        : "changed since: fingerprint " + found + ", recorded " + named.fingerprint();
  }
}
