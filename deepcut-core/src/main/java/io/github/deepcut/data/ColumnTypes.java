package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides what conditions are shown columns as. A text column becomes a number, date, time or
 * boolean only where every value's text survives the round trip, so that no two that are written
 * otherwise are ever the same: {@code 12.1} and {@code 12.10} stay text, as do {@code 007}, {@code
 * 1E5} and {@code NA}. Any other column keeps its type if it survives being written as text.
 */
public final class ColumnTypes {
  private static final List<String> OF_TEXT =
      List.of("BIGINT", "HUGEINT", "DOUBLE", "BOOLEAN", "DATE", "TIME", "TIMESTAMP");

  /** Types of which DuckDB writes each value so that it reads the same again. */
  private static final String EXACT =
      "VARCHAR|BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL.*|DATE|TIME"
          + "|TIMESTAMP|UUID";

  private ColumnTypes() {}

  /** A column and a type that it may be shown as. */
  private record Trial(String column, String read, String type) {}

  /**
   * The types of some columns.
   *
   * @param declared what the file declares its columns as
   */
  public static Map<String, String> of(
      Connection connection,
      TabularScan scan,
      Map<String, String> declared,
      Collection<String> some)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    List<Trial> trials = new ArrayList<>();
    for (String name : some) {
      List<String> candidates = candidates(scan, name, declared.get(name));
      types.put(name, candidates.isEmpty() ? declared.get(name) : "VARCHAR");
      String read = scan.read(name, declared.get(name));
      candidates.forEach(type -> trials.add(new Trial(name, read, type)));
    }
    boolean[] passed = passed(connection, scan, trials);
    for (int k = trials.size() - 1; k >= 0; k--) { // the first that passes stands
      if (passed[k]) {
        types.put(trials.get(k).column, trials.get(k).type);
      }
    }
    return types;
  }

  /** The types to try, in this order; none where the declared one is beyond doubt. */
  private static List<String> candidates(TabularScan scan, String name, String declared) {
    if (scan.isText()) {
      return OF_TEXT;
    }
    boolean kept = scan.read(name, declared).equals(declared) && declared.matches(EXACT);
    return kept ? List.of() : List.of(declared);
  }

  /** Whether a value that is there may be shown so. */
  private static String test(Trial trial, boolean ofText) {
    String column = DuckDb.name(trial.column);
    String cast = "TRY_CAST(" + column + " AS " + trial.type + ")";
    String same = "CAST(" + cast + " AS VARCHAR) = " + column;
    if (!trial.read.equals("VARCHAR")) {
      return "TRY_CAST(CAST(%1$s AS VARCHAR) AS %2$s) IS NOT DISTINCT FROM %1$s"
          .formatted(column, trial.type);
    }
    return switch (trial.type) {
      case "DOUBLE" ->
          "isfinite(%s) AND ".formatted(cast)
              + (ofText ? same + " AND " + column + " <> '-0.0'" : digits(column, cast));
      case "DATE", "TIMESTAMP" -> same + " AND isfinite(" + cast + ")";
      default -> same;
    };
  }

  /** Whether a number of JSON keeps all its digits; with a point or exponent it has been read. */
  private static String digits(String column, String cast) {
    return "(regexp_matches(%1$s, '[.eE]') OR CAST(TRY_CAST(%2$s AS HUGEINT) AS VARCHAR) = %1$s)"
        .formatted(column, cast);
  }

  private static boolean[] passed(Connection connection, TabularScan scan, List<Trial> trials)
      throws SQLException {
    boolean[] passed = new boolean[trials.size()];
    if (trials.isEmpty()) {
      return passed;
    }
    String query =
        trials.stream()
            .map(t -> all(test(t, scan.isText()), t.column))
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + scan.typed()));
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      for (int k = 0; k < passed.length; k++) {
        passed[k] = result.getBoolean(k + 1);
      }
    }
    return passed;
  }

  private static String all(String test, String name) {
    return "coalesce(bool_and(coalesce(%s, false)) FILTER (%s IS NOT NULL), false)"
        .formatted(test, DuckDb.name(name));
  }
}
