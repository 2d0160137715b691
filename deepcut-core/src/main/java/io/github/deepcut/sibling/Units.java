package io.github.deepcut.sibling;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Mention;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The units that the rows of training data belong to: what siblings leave out together, as a
 * request forgets together.
 *
 * @param name of the kind: {@link #ROW}, {@link #HALF_CLASS}, {@link #ENTITY}, {@link #CLUSTER} or
 *     a column
 * @param ofRows the units of each row, one or more
 */
public record Units(String name, List<List<Unit>> ofRows) {
  /** Each row by itself. */
  public static final String ROW = "row";

  /** Random halves of the rows of a class. */
  public static final String HALF_CLASS = "half-class";

  /** The sentences that name an entity; a sentence may be of several, and is out with each. */
  public static final String ENTITY = "entity";

  /** Rows that resemble each other. */
  public static final String CLUSTER = "cluster";

  public Units {
    ofRows = List.copyOf(ofRows);
  }

  /**
   * {@return the units of a kind, but for clusters}
   *
   * @param name of the kind; for clusters, a model has to encode the rows: {@link #of(String,
   *     FineTunedModel, Table, long)}
   * @param table the training data
   * @param seed by which halves are drawn
   * @throws InputException if there is no such kind or column, or the task has none
   */
  public static Units of(String name, Table table, long seed) {
    return switch (name) {
      case ROW -> new Units(ROW, each(table.size(), i -> List.of(Unit.of("row " + i))));
      case HALF_CLASS -> halves(table.dataset(), seed);
      case ENTITY -> entities(table.dataset());
      default -> column(name, table);
    };
  }

  /**
   * {@return the units of a kind}
   *
   * @param name of the kind
   * @param model that encodes the rows, where they are to be compared
   * @param table the training data
   * @param seed by which halves are drawn
   * @throws InputException if there is no such kind or column, or the task has none
   */
  public static Units of(String name, FineTunedModel model, Table table, long seed) {
    return name.equals(CLUSTER)
        ? Clusters.of(model.encode(table.dataset()), table.size())
        : of(name, table, seed);
  }

  private static Units column(String name, Table table) {
    List<String> values =
        name.equals("id")
            ? table.rawIds()
            : table.extras().stream()
                .filter(c -> c.name().equals(name))
                .map(Column::values)
                .findFirst()
                .orElseThrow(() -> unknown(name, table));
    return new Units(
        name,
        each(
            table.size(),
            i -> List.of(Unit.of(values.get(i) == null ? "row " + i : "value " + values.get(i)))));
  }

  private static InputException unknown(String name, Table table) {
    Stream<String> columns = table.extras().stream().map(Column::name);
    return new InputException(
        "--unit %s: %s has no such column; there are %s"
            .formatted(
                name,
                table.dataset().source(),
                String.join(
                    ", ",
                    Stream.concat(Stream.of(ROW, HALF_CLASS, ENTITY, CLUSTER, "id"), columns)
                        .toList())));
  }

  private static Units halves(Dataset data, long seed) {
    if (data.task() == Task.NER) {
      throw new InputException("--unit " + HALF_CLASS + ": tagged sentences have no classes");
    }
    Map<String, List<Integer>> rows = new HashMap<>();
    IntStream.range(0, data.size())
        .forEach(i -> rows.computeIfAbsent(data.labels(i).get(0), l -> new ArrayList<>()).add(i));
    List<List<Unit>> out = new ArrayList<>(Collections.nCopies(data.size(), List.of()));
    rows.forEach(
        (label, its) -> {
          Batches.shuffle(its, Run.of(seed).random("halves of " + label));
          for (int k = 0; k < its.size(); k++) {
            out.set(its.get(k), List.of(new Unit("class " + label, k % 2)));
          }
        });
    return new Units(HALF_CLASS, out);
  }

  private static Units entities(Dataset data) {
    if (data.task() != Task.NER) {
      throw new InputException("--unit " + ENTITY + ": only tagged sentences name entities");
    }
    return new Units(ENTITY, each(data.size(), i -> entities(data, i)));
  }

  private static List<Unit> entities(Dataset data, int row) {
    TaggedSentence sentence = (TaggedSentence) data.examples().get(row);
    List<Unit> named =
        Mention.of(sentence.tags()).stream()
            .map(m -> Unit.of("entity " + m.surface(sentence.words())))
            .distinct()
            .toList();
    return named.isEmpty() ? List.of(Unit.of("row " + row)) : named;
  }

  private static List<List<Unit>> each(int n, IntFunction<List<Unit>> units) {
    return IntStream.range(0, n).mapToObj(units).toList();
  }
}
