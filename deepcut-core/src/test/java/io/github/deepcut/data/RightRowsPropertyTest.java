package io.github.deepcut.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random columns and conditions: in memory and on disk, from CSV and from strings of JSON, the same
 * rows are taken as by a plain evaluation, or the condition is refused by all. {@code
 * -Ddeepcut.columns=N} tries more columns.
 */
class RightRowsPropertyTest {
  private static final List<String> NUMBERS = List.of("0", "7", "-3", "60", "100000", "12");
  private static final List<String> FRACTIONS = List.of("0.5", "12.1", "-3.25", "60.0", "0.0");
  private static final List<String> DATES = List.of("2024-01-05", "1999-12-31", "2024-02-29");
  private static final List<String> ODD =
      List.of(
          "007",
          "07",
          "-0",
          "+7",
          "1E5",
          "12.10",
          "100000.0",
          "12345678901234567890",
          "NA",
          "nan",
          "-0.0",
          "2024-1-5",
          "true",
          "Jos\u00e9",
          "Jose\u0301",
          "\u0667",
          "it's",
          "\ud83d\ude42");
  private static final List<List<String>> POOLS = List.of(NUMBERS, FRACTIONS, DATES, ODD);

  private enum Kind {
    WHOLE,
    FRACTION,
    DATE,
    TEXT
  }

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("deepcut.columns", 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void takesWhatAPlainEvaluationTakes(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> column = column(random);
    List<Table> csv = tables("a.csv", csv(column));
    List<Table> json = tables("a.jsonl", json(column));
    Kind kind = kind(column);
    Kind inJson = kind == Kind.DATE ? Kind.DATE : Kind.TEXT;
    for (int k = 0; k < 8; k++) {
      Condition condition = condition(column, random);
      String expected = condition.rows(column, kind);
      csv.forEach(
          t ->
              assertThat(outcome(t, condition)).as("%s %s", column, condition).isEqualTo(expected));
      String ofText = condition.rows(column, inJson);
      json.forEach(
          t -> assertThat(outcome(t, condition)).as("%s %s", column, condition).isEqualTo(ofText));
    }
  }

  private static String outcome(Table table, Condition condition) {
    try {
      return Arrays.toString(new Where(condition.sql()).positions(table));
    } catch (InputException e) {
      return "refused";
    }
  }

  /** Twelve values of one pool, and in half of the columns one of another; some missing. */
  private static List<String> column(SplittableRandom random) {
    List<String> pool = POOLS.get(random.nextInt(POOLS.size()));
    List<String> column = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      column.add(random.nextInt(8) == 0 ? null : pick(pool, random));
    }
    if (random.nextBoolean()) {
      column.set(random.nextInt(12), pick(POOLS.get(random.nextInt(POOLS.size())), random));
    }
    return column;
  }

  private static String pick(List<String> pool, SplittableRandom random) {
    return pool.get(random.nextInt(pool.size()));
  }

  private static Kind kind(List<String> column) {
    List<String> there = column.stream().filter(v -> v != null).toList();
    for (Kind kind : Kind.values()) {
      if (there.stream().allMatch(v -> isWritten(v, kind))) {
        return there.isEmpty() ? Kind.TEXT : kind;
      }
    }
    throw new AssertionError();
  }

  /** Whether a value of this kind is written so. */
  private static boolean isWritten(String value, Kind kind) {
    return switch (kind) {
      case WHOLE -> value.matches("0|-?[1-9]\\d{0,37}");
      case FRACTION ->
          value.matches("-?(0|[1-9]\\d{0,5})\\.(0|\\d{0,4}[1-9])") && !value.equals("-0.0");
      case DATE -> value.matches("\\d{4}-\\d\\d-\\d\\d");
      case TEXT -> true;
    };
  }

  /**
   * A comparison of the column with values.
   *
   * @param quoted whether they are texts
   */
  private record Condition(String operator, List<String> values, boolean quoted) {
    String sql() {
      List<String> written =
          values.stream().map(v -> quoted ? "'" + v.replace("'", "''") + "'" : v).toList();
      return switch (operator) {
        case "IN" -> "x IN (" + String.join(", ", written) + ")";
        case "BETWEEN" -> "x BETWEEN " + written.get(0) + " AND " + written.get(1);
        default -> "x " + operator + " " + written.get(0);
      };
    }

    String rows(List<String> column, Kind kind) {
      boolean number = kind == Kind.WHOLE || kind == Kind.FRACTION;
      int used = operator.equals("IN") || operator.equals("BETWEEN") ? 2 : 1;
      boolean fits =
          quoted ? values.stream().limit(used).allMatch(v -> isWritten(v, kind)) : number;
      IntPredicate holds =
          i -> {
            String value = column.get(i);
            int first = value == null ? 0 : order(value, values.get(0), kind);
            int second = value == null ? 0 : order(value, values.get(1), kind);
            return value != null
                && switch (operator) {
                  case "=" -> first == 0;
                  case "<>" -> first != 0;
                  case "<" -> first < 0;
                  case ">=" -> first >= 0;
                  case "IN" -> first == 0 || second == 0;
                  default -> first >= 0 && second <= 0;
                };
          };
      return fits
          ? Arrays.toString(IntStream.range(0, column.size()).filter(holds).toArray())
          : "refused";
    }

    private static int order(String a, String b, Kind kind) {
      if (kind == Kind.WHOLE || kind == Kind.FRACTION) {
        return b.matches("[-0-9.]+") && !b.matches(".+-.*")
            ? new BigDecimal(a).compareTo(new BigDecimal(b))
            : 0;
      }
      return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }
  }

  private static Condition condition(List<String> column, SplittableRandom random) {
    String operator = List.of("=", "<>", "<", ">=", "IN", "BETWEEN").get(random.nextInt(6));
    boolean quoted = random.nextInt(4) > 0;
    List<String> values = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      List<String> pool = POOLS.get(random.nextInt(quoted ? 4 : 2));
      String own = column.get(random.nextInt(column.size()));
      values.add(quoted && own != null && random.nextBoolean() ? own : pick(pool, random));
    }
    return new Condition(operator, values, quoted);
  }

  private List<Table> tables(String name, String text) {
    Path file = TestFiles.bytes(folder, name, text.getBytes(UTF_8));
    return List.of(
        DatasetReader.read(file, Task.CLASSIFY, Long.MAX_VALUE),
        DatasetReader.read(file, Task.CLASSIFY, 0));
  }

  private static String csv(List<String> column) {
    return column.stream()
        .map(v -> "t,l," + (v == null ? "" : v))
        .collect(Collectors.joining("\n", "text,label,x\n", "\n"));
  }

  private static String json(List<String> column) {
    return column.stream()
        .map(
            v ->
                "{\"text\": \"t\", \"label\": \"l\", \"x\": "
                    + (v == null ? "null}" : '"' + v + "\"}"))
        .collect(Collectors.joining("\n"));
  }
}
