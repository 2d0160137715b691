package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which examples of the training data are to be forgotten. */
public sealed interface ForgetRequest {

  /** The positions that it names, ascending. */
  int[] positions(Table table);

  /** The request in words, such as {@code the examples where label = 'spam'}. */
  String describe();

  /**
   * Parts the training data; no example is lost and none is in both parts.
   *
   * @throws InputException if the request cannot be understood, or names no example or all
   */
  default ForgetSplit split(Table table) {
    SqlFound found = find(table);
    int[] forget = found.positions();
    if (forget.length == 0 || forget.length == table.size()) {
      String where = table.dataset().source() + " has " + table.size() + " examples";
      throw new InputException(
          forget.length == 0
              ? "nothing to forget: " + where + ", none of them among " + describe()
              : "nothing would remain: " + where + ", all of them among " + describe());
    }
    BitSet forgotten = new BitSet();
    Arrays.stream(forget).forEach(forgotten::set);
    int[] retain = IntStream.range(0, table.size()).filter(i -> !forgotten.get(i)).toArray();
    return new ForgetSplit(table.dataset(), forget, retain, describe(), found.values());
  }

  /** The same, and what the columns that it names hold there. */
  private SqlFound find(Table table) {
    if (this instanceof Where where) {
      return SqlCondition.find(where.condition(), table);
    }
    if (this instanceof WithCopies copies) {
      SqlFound named = copies.request().find(table);
      return new SqlFound(copies.and(named.positions(), table.dataset()), named.values());
    }
    return SqlFound.of(positions(table));
  }

  /**
   * The examples for which an SQL condition holds. It may name {@code position} and {@code id};
   * {@code text}, {@code text_pair} and {@code label}, or {@code tokens}, {@code tags}, {@code
   * text} (the words joined by blanks) and {@code entities} (the list of their surfaces); of images
   * {@code label}; and every other column of the file. It sees nothing but that table.
   */
  record Where(String condition) implements ForgetRequest {
    @Override
    public int[] positions(Table table) {
      return SqlCondition.find(condition, table).positions();
    }

    @Override
    public String describe() {
      return "the examples where " + condition;
    }
  }

  /** The examples of these ids; the id of a document stands for all its sentences. */
  record Ids(List<String> ids) implements ForgetRequest {
    public Ids {
      ids = List.copyOf(ids);
    }

    /**
     * Reads one id a line; blank lines are skipped.
     *
     * @throws InputException if the file cannot be read or holds no id
     */
    public static Ids fromFile(Path file) {
      SourceFile source = SourceFile.of(file);
      try {
        List<String> ids =
            Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
        if (ids.isEmpty()) {
          throw source.wrong("it holds no id");
        }
        return new Ids(ids);
      } catch (IOException e) {
        throw source.unreadable(e);
      }
    }

    @Override
    public int[] positions(Table table) {
      Set<String> known = new HashSet<>();
      int[] chosen = chosen(table, new HashSet<>(ids), known);
      List<String> unknown = ids.stream().filter(id -> !known.contains(id)).toList();
      if (!unknown.isEmpty()) {
        throw new InputException(
            "%d of %d ids are not in %s: %s"
                    .formatted(
                        unknown.size(),
                        ids.size(),
                        table.dataset().source(),
                        Names.first(3, unknown))
                + otherwiseWritten(table, unknown));
      }
      return chosen;
    }

    /** Of ids that are not there, whether they are in another Unicode form. */
    private static String otherwiseWritten(Table table, List<String> unknown) {
      Set<String> forms =
          unknown.stream().flatMap(id -> UnicodeForms.of(id).stream()).collect(Collectors.toSet());
      unknown.forEach(forms::remove);
      int there = forms.isEmpty() ? 0 : chosen(table, forms, new HashSet<>()).length;
      return there == 0
          ? ""
          : "; %d of its rows have ids that differ in their Unicode form alone".formatted(there);
    }

    private static int[] chosen(Table table, Set<String> wanted, Set<String> known) {
      List<Example> examples = table.dataset().examples();
      IntStream candidates =
          examples instanceof StoredExamples stored
              ? stored.mayHave(wanted)
              : IntStream.range(0, table.size());
      return candidates
          .filter(
              i -> {
                List<String> both = List.of(table.rawIds().get(i), examples.get(i).id());
                both.stream().filter(wanted::contains).forEach(known::add);
                return both.stream().anyMatch(wanted::contains);
              })
          .toArray();
    }

    @Override
    public String describe() {
      return (ids.size() == 1
              ? "the examples of 1 id: "
              : "the examples of " + ids.size() + " ids: ")
          + Names.first(3, ids);
    }
  }

  /** The examples of a class; for tagging, the sentences that hold an entity of a type. */
  record WholeClass(String label) implements ForgetRequest {
    @Override
    public int[] positions(Table table) {
      Dataset data = table.dataset();
      Set<String> known =
          data.labels().stream()
              .flatMap(name -> classes(data.task(), List.of(name)))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!known.contains(label)) {
        throw new InputException(
            "%s has no class '%s'; it has: %s"
                .formatted(data.source(), label, Names.first(10, known)));
      }
      return IntStream.range(0, data.size())
          .filter(i -> classes(data.task(), data.labels(i)).anyMatch(label::equals))
          .toArray();
    }

    /** Labels, or the types of the entities that tags belong to. */
    private static Stream<String> classes(Task task, List<String> labels) {
      return task == Task.NER
          ? labels.stream().flatMap(tag -> Mention.of(List.of(tag)).stream()).map(Mention::type)
          : labels.stream();
    }

    @Override
    public String describe() {
      return "the examples of class " + label;
    }
  }

  /** The examples of another request, and all that say exactly the same as one of them. */
  record WithCopies(ForgetRequest request) implements ForgetRequest {
    @Override
    public int[] positions(Table table) {
      return and(request.positions(table), table.dataset());
    }

    private int[] and(int[] named, Dataset data) {
      BitSet all = new BitSet();
      Arrays.stream(named).forEach(all::set);
      int[] others = IntStream.range(0, data.size()).filter(i -> !all.get(i)).toArray();
      long[] contents = data.contents();
      Twins twins =
          Twins.of(new Twins.Part(data, named, contents), new Twins.Part(data, others, contents));
      Arrays.stream(twins.there().exact()).forEach(all::set);
      return all.stream().toArray();
    }

    @Override
    public String describe() {
      return request.describe() + ", and their exact copies";
    }
  }
}
