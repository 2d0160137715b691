package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Training data in two parts, by position.
 *
 * @param forget positions of what is to be forgotten, ascending
 * @param retain all other positions, ascending
 * @param request what was asked for, in words
 * @param values of each column that an SQL condition names, how many rows it takes have each value
 */
public record ForgetSplit(
    Dataset data,
    int[] forget,
    int[] retain,
    String request,
    Map<String, Map<String, Integer>> values) {
  /** How many ids, and how many values of a column, are named. */
  public static final int NAMED = 5;

  private static final int LONGEST = 60;

  /** Without values. */
  public ForgetSplit(Dataset data, int[] forget, int[] retain, String request) {
    this(data, forget, retain, request, Map.of());
  }

  public Dataset forgetSet() {
    return data.select(forget);
  }

  public Dataset retainSet() {
    return data.select(retain);
  }

  /**
   * The labels of what is to be forgotten, if no retained example has one of them: classes that are
   * forgotten whole. None of tagged sentences.
   */
  public Set<String> forgottenClasses() {
    if (data.task() == Task.NER) {
      return Set.of();
    }
    Set<String> forgotten = labels(forget);
    forgotten.retainAll(labels(retain));
    return forgotten.isEmpty() ? labels(forget) : Set.of();
  }

  private Set<String> labels(int[] positions) {
    return Arrays.stream(positions)
        .mapToObj(data::labels)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  /** One sentence: how many of how many, and which. */
  public String describe() {
    return "forget %d of the %d examples of %s: %s"
        .formatted(forget.length, data.size(), data.source(), request);
  }

  /** The ids of the first of what is to be forgotten. */
  public List<String> firstIds() {
    return Arrays.stream(forget).limit(NAMED).mapToObj(data::id).toList();
  }

  /**
   * What is taken, a line each: ids, and the values of the columns that the condition names, the
   * most frequent first. For people who have the data, and nobody else.
   */
  public List<String> taken() {
    List<String> lines = new ArrayList<>();
    int more = forget.length - NAMED;
    lines.add("ids: " + String.join(", ", firstIds()) + (more > 0 ? " and " + more + " more" : ""));
    values.forEach((column, counts) -> lines.add(column + ": " + named(counts)));
    return List.copyOf(lines);
  }

  private static String named(Map<String, Integer> counts) {
    List<String> shown =
        first(counts).stream().map(e -> shown(e.getKey()) + rows(e.getValue())).toList();
    int more = counts.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more values" : "");
  }

  /** The most frequent values of a column, {@link #NAMED} at most. */
  public static List<Map.Entry<String, Integer>> first(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(NAMED)
        .toList();
  }

  private static String rows(int n) {
    return n == 1 ? " (1 row)" : " (" + n + " rows)";
  }

  private static String shown(String value) {
    if (value == null) {
      return "missing";
    }
    return "'" + (value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value) + "'";
  }
}
