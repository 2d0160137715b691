package io.github.deepcut.app.demo;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Table;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.train.Recipe;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The choices of the demo. */
public final class Demo {
  private Demo() {}

  /** Long enough for a small model to learn its patients by heart. */
  public static Recipe recipe(long seed) {
    return new Recipe(12, 32, 1e-3, 0.1, 0.01, 1.0, 0, 64, false, seed);
  }

  /** The patient to forget: who has the most sentences, the first of equals. */
  public static String patient(Table train) {
    Column patients =
        train.extras().stream().filter(c -> c.name().equals("patient")).findFirst().orElseThrow();
    Map<String, Long> counts =
        patients.values().stream()
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    long most = counts.values().stream().mapToLong(n -> n).max().orElseThrow();
    return counts.entrySet().stream()
        .filter(e -> e.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Says in a model's record where its files lie in the end, {@code to}. */
  public static void settle(Path model, Path from, Path to) {
    ModelRecord.read(model).orElseThrow().moved(from, to).write(model);
  }
}
