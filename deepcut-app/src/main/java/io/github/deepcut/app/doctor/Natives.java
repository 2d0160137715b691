package io.github.deepcut.app.doctor;

import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.run.Scratch;
import io.github.deepcut.tensor.Devices;
import io.github.deepcut.tensor.Libtorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/** Whether the native libraries load and answer. */
final class Natives {
  private static final String AGAIN =
      "remove the caches ~/.javacpp and ~/.djl.ai and try again; the libraries come for"
          + " linux-x86_64, macosx-arm64 and windows-x86_64";

  private Natives() {}

  /** A look at a library: what it says of itself. */
  @FunctionalInterface
  private interface Look {
    String take() throws Exception;
  }

  static List<Finding> all() {
    return List.of(
        look("libtorch", Natives::torch),
        look("tokenizers", Natives::tokenizers),
        look("DuckDB", Natives::duckdb),
        gpu());
  }

  private static Finding look(String name, Look look) {
    try {
      return Finding.ok(name, look.take());
    } catch (Exception | LinkageError e) {
      return Finding.fail(
          name, e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage()), AGAIN);
    }
  }

  private static String torch() {
    Libtorch.load();
    try (var scope = new PointerScope()) {
      double sum = torch.ones(2, 3).matmul(torch.ones(3, 2)).sum().item_double();
      if (sum != 12) {
        throw new IllegalStateException("a product of ones sums to " + sum + ", expected 12");
      }
      return "loads and multiplies, " + torch.get_num_threads() + " threads";
    }
  }

  private static String tokenizers() throws IOException {
    Path folder = Files.createTempDirectory(Scratch.folder(), "doctor");
    try {
      List<String> pieces =
          VocabularyBuilder.build(List.of("a b"), new VocabularyBuilder.Options(true, 1, 100));
      VocabularyBuilder.writeTo(folder, pieces, true, 16);
      try (Tokenizer tokenizer = Tokenizer.load(folder, null)) {
        int found = tokenizer.encode("a b", null, 16).ids().length;
        if (found != 4) {
          throw new IllegalStateException("'a b' is " + found + " tokens, expected 4");
        }
        return "load and split";
      }
    } finally {
      Files.delete(folder.resolve("vocab.txt"));
      Files.delete(folder.resolve("tokenizer_config.json"));
      Files.delete(folder);
    }
  }

  private static String duckdb() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT version()")) {
      result.next();
      return result.getString(1);
    }
  }

  private static Finding gpu() {
    try {
      var without = Devices.withoutCuda();
      if (without.isEmpty()) {
        return Finding.ok(
            "GPU", torch.cuda_device_count() + " by CUDA; --device cuda computes on the first");
      }
      boolean there = Files.exists(Path.of("/dev/nvidia0"));
      return there || Devices.builtForCuda()
          ? Finding.warn("GPU", (there ? "one is there" : "none") + "; not used", without.get())
          : Finding.ok("GPU", "none; the CPU is used");
    } catch (LinkageError e) {
      return Finding.fail("GPU", String.valueOf(e.getMessage()), AGAIN);
    }
  }
}
