package io.github.deepcut.bench.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a command leaves on the disk. */
final class Left {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What may lie beside an output once all is done. */
  private static final Pattern BESIDE =
      Pattern.compile("|\\.report\\.json|\\.certificate\\.[0-9a-f]{16}\\.salt|\\.pool");

  private Left() {}

  /**
   * The files of an output, with what must be the same each time: the bytes of tensors and of
   * scores, the metrics of runs. Reports and records tell times.
   */
  static Map<String, String> print(Path out) throws IOException {
    Map<String, String> print = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        String content = "";
        if (name.matches(".*(\\.safetensors|samples\\.csv|shadows\\.csv|vocab\\.txt|\\.conll)")) {
          content = hash(file);
        } else if (name.matches("(runs|trials|bounds)/.*\\.json")) {
          JsonNode json = JSON.readTree(file.toFile());
          content = json.path("metrics").toString() + json.path("failed");
        }
        print.put(name, content);
      }
    }
    return print;
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What bears an output's name and is neither it nor its report; also within a folder that grows
   * and a pool, all that is hidden or not given its name.
   *
   * @param working whether it is not done yet: then a checkpoint may lie there, and within folders
   *     whatever will
   */
  static List<String> beside(Path folder, String out, boolean working) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.startsWith(out) || name.startsWith("." + out + "."))
          .filter(name -> !working || !name.contains("/"))
          .filter(name -> !working || !name.equals(out + ".checkpoint"))
          .filter(name -> name.contains("/") ? unnamed(name) : !isExpected(name, out))
          .toList();
    }
  }

  private static boolean isExpected(String name, String out) {
    return name.startsWith(out) && BESIDE.matcher(name.substring(out.length())).matches();
  }

  private static boolean unnamed(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith(".") || name.matches(".*\\.(shadow|json)\\.\\d+");
  }

  /** What lies in the temporary folder. */
  static List<String> in(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Deletes what bears an output's name. */
  static void delete(Path folder, String out) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      String name = folder.relativize(file).toString();
      if (name.startsWith(out) || name.startsWith("." + out + ".")) {
        Files.deleteIfExists(file);
      }
    }
  }
}
