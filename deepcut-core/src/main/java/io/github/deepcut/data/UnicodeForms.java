package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An accented letter is one character or a letter with a mark, and these are different texts. Who
 * asks for one and finds nothing is told where the other is there.
 */
final class UnicodeForms {
  private UnicodeForms() {}

  /** The composed and the decomposed form of a text. */
  static Set<String> of(String text) {
    return Stream.of(Normalizer.Form.NFC, Normalizer.Form.NFD)
        .map(form -> Normalizer.normalize(text, form))
        .collect(Collectors.toSet());
  }

  /**
   * Says so where a condition that holds for no row would hold if everything were composed.
   *
   * @throws InputException then
   */
  static void requireNone(Connection connection, String condition) throws SQLException {
    if (condition.chars().allMatch(c -> c < 128)) {
      return;
    }
    String composed = Normalizer.normalize(condition, Normalizer.Form.NFC);
    String query =
        "SELECT count(*) FROM (SELECT * REPLACE (%s) FROM data) AS data WHERE (%s\n)"
            .formatted(replacements(connection), composed);
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      if (result.getLong(1) > 0) {
        throw new InputException(
            ("nothing to forget: condition \"%s\" holds for no row as it is written, but for %d if"
                    + " accents are composed (Unicode NFC): write it as the file does, or"
                    + " nfc_normalize(column) = '…'")
                .formatted(condition, result.getLong(1)));
      }
    }
  }

  private static String replacements(Connection connection) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE data")) {
      while (result.next()) {
        String name = DuckDb.name(result.getString(1));
        if (result.getString(2).equals("VARCHAR")) {
          texts.add("nfc_normalize(" + name + ") AS " + name);
        } else if (result.getString(2).equals("VARCHAR[]")) {
          texts.add("list_transform(" + name + ", t -> nfc_normalize(t)) AS " + name);
        }
      }
    }
    return texts.stream().collect(Collectors.joining(", "));
  }
}
