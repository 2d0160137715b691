package io.github.deepcut.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.app.Main;
import io.github.deepcut.data.text.VocabularyBuilder;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What unlearning 100 rows costs as the training file grows: {@code deepcut unlearn} on invented
 * sentences, the same model, request and number of steps each time.
 *
 * <pre>Scale [--rows 1000,10000,100000,1000000] [--json]</pre>
 *
 * The model is trained on the first 10,000 rows; that costs nothing here and changes nothing of
 * what is measured. A first run, which warms the virtual machine up, is not shown.
 */
public final class Scale {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NUMBER = "[2-9]\\d{2}|[1-9]\\d{3,8}"; // from 200
  private static final int TRAINED_ON = 10_000;

  private final Path folder;

  private Scale(Path folder) {
    this.folder = folder;
  }

  /** Runs the benchmark; ends with status 2 where the arguments are wrong. */
  public static void main(String[] args) throws IOException {
    List<String> given = new ArrayList<>(Arrays.asList(args));
    boolean json = given.remove("--json");
    String rows = "1000,10000,100000,1000000";
    if (given.size() == 2 && given.get(0).equals("--rows")) {
      rows = given.get(1);
      given.clear();
    }
    if (!given.isEmpty() || !rows.matches("(%1$s)(,(%1$s))*".formatted(NUMBER))) {
      System.err.println(
          "usage: scale [--rows N,N,...] [--json], each N from 200 to 999999999; found "
              + String.join(" ", args));
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("deepcut-scale");
    try {
      Scale scale = new Scale(folder);
      scale.prepare();
      scale.run(TRAINED_ON);
      List<ObjectNode> runs = new ArrayList<>();
      if (!json) {
        System.out.println(" rows        index s   unlearn s   steps   peak heap MiB");
      }
      for (String n : rows.split(",", -1)) {
        ObjectNode run = scale.run(Integer.parseInt(n));
        runs.add(run);
        if (!json) {
          System.out.println(line(run));
        }
      }
      if (json) {
        ObjectNode all = JSON.createObjectNode();
        all.putArray("runs").addAll(runs);
        System.out.println(all);
      }
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static String line(ObjectNode run) {
    return String.format(
        Locale.ROOT,
        "%9d  %9.2f   %9.2f   %5d   %13d",
        run.get("rows").asInt(),
        run.get("index_seconds").asDouble(),
        run.get("unlearn_seconds").asDouble(),
        run.get("steps").asInt(),
        run.get("peak_heap_mib").asInt());
  }

  /** Held-out and test data, and a small model. */
  private void prepare() throws IOException {
    Path base = folder.resolve("base");
    List<String> pieces =
        VocabularyBuilder.build(Sentences.words(), new VocabularyBuilder.Options(true, 1, 30_522));
    VocabularyBuilder.writeTo(base, pieces, true, 64);
    ObjectNode config = JSON.createObjectNode().put("model_type", "bert");
    config.put("vocab_size", pieces.size()).put("hidden_size", 64).put("num_hidden_layers", 2);
    config.put("num_attention_heads", 4).put("intermediate_size", 256);
    config.put("max_position_embeddings", 64);
    Files.writeString(base.resolve("config.json"), config.toPrettyString());
    Sentences.write(folder.resolve("train.jsonl"), TRAINED_ON, 1);
    Sentences.write(folder.resolve("holdout.jsonl"), 1000, 2);
    Sentences.write(folder.resolve("test.jsonl"), 1000, 3);
    deepcut(
        "train --model base --data train.jsonl --task classify --epochs 3 --lr 1e-3 --out model");
  }

  private ObjectNode run(int rows) throws IOException {
    Path data = folder.resolve("rows.jsonl");
    Sentences.write(data, rows, 1);
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    JsonNode report =
        deepcut(
            "unlearn --model model --data rows.jsonl --holdout holdout.jsonl --eval test.jsonl"
                + " --set stop=never --force --out unlearned --forget",
            "person = 1");
    Files.delete(data);
    return JSON.createObjectNode()
        .put("rows", rows)
        .put("index_seconds", report.at("/seconds/index").asDouble())
        .put("unlearn_seconds", report.at("/seconds/unlearn").asDouble())
        .put("steps", report.get("steps").asInt())
        .put("peak_heap_mib", heap.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() >> 20);
  }

  /** Runs a command; names of files are those of the folder. */
  private JsonNode deepcut(String words, String... more) throws IOException {
    String[] args =
        Stream.of(Arrays.stream(words.split(" ", -1)).map(this::path), Arrays.stream(more))
            .flatMap(s -> s)
            .toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = Stream.concat(Arrays.stream(args), Stream.of("--json")).toArray(String[]::new);
    if (Main.run(all, new PrintWriter(out), new PrintWriter(err)) != 0) {
      throw new IllegalStateException(words + ": " + err);
    }
    return JSON.readTree(out.toString());
  }

  private String path(String word) {
    return word.matches("base|model|unlearned|.*\\.jsonl") ? folder.resolve(word).toString() : word;
  }
}
