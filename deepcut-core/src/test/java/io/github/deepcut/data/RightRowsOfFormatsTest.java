package io.github.deepcut.data;

import static io.github.deepcut.data.BothTables.assertRefuses;
import static io.github.deepcut.data.BothTables.assertTakes;
import static io.github.deepcut.data.BothTables.both;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition takes the rows whose text it names, whatever the format of the file. */
class RightRowsOfFormatsTest {
  @TempDir Path folder;

  /** 80 rows whose columns repeat after four (duckdb#5782, #5794). */
  private Path ids(boolean json) {
    String[] record = {"12.1", "12.10", "12.2", "12.20"};
    String[] ward = {"1E5", "100E3", "2E4", "20E3"};
    String[] zero = {"007", "07", "7", "008"};
    String[] lines =
        IntStream.range(0, 80)
            .mapToObj(
                k ->
                    (json
                            ? "{'text': 'film %d', 'label': '%s', 'record': '%s', 'national':"
                                + " '1234567890123456789%d', 'ward': '%s', 'zero': '%s'}"
                            : "film %d,%s,%s,1234567890123456789%d,%s,%s")
                        .replace('\'', '"')
                        .formatted(k, k % 2, record[k % 4], k % 4, ward[k % 4], zero[k % 4]))
            .toArray(String[]::new);
    if (json) {
      return TestFiles.write(folder, "d.jsonl", lines);
    }
    String header = "text,label,record,national,ward,zero\n";
    return TestFiles.bytes(folder, "d.csv", (header + String.join("\n", lines)).getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"record, 12.1", "national, 12345678901234567890", "ward, 1E5", "zero, 007"})
  void eachOfTheFaultsTakesTwentyOfEighty(String column, String value) {
    int[] every4th = IntStream.range(0, 20).map(k -> 4 * k).toArray();
    for (boolean json : new boolean[] {false, true}) {
      List<Table> file = both(ids(json));
      assertTakes(file, column + " = '" + value + "'", every4th);
      assertTakes(file, "list_contains([" + column + "], '" + value + "')", every4th);
    }
  }

  /** No line of a CSV is a comment. */
  @Test
  void linesThatLookLikeCommentsAreRows() {
    Path file = TestFiles.write(folder, "c.csv", "text,label", "a,b", "", "#x,y", "c,d");
    for (Table table : both(file)) {
      assertThat(table.dataset().examples())
          .extracting(e -> ((LabeledText) e).text())
          .contains("#x");
    }
  }

  @Test
  void stringsOfJsonAreTextAndItsNumbersKeepTheirDigits() {
    Path written =
        TestFiles.write(
            folder,
            "j.jsonl",
            "{'text': 'a', 'label': 'l', 'big': 9007199254740993, 'wide': 12345678901234567890123,"
                    .replace('\'', '"')
                + "\"n\": 1, \"s\": \"7\", \"mix\": 1, \"d\": \"2024-01-05\", \"day\": \"2024-1-5\","
                + "\"u\": \"6BA7B810-9DAD-11D1-80B4-00C04FD430C8\", \"in\": {\"d\": \"2024-1-5\"}}",
            "{\"text\": \"b\", \"label\": \"l\", \"big\": 9007199254740992, \"wide\":"
                + " 12345678901234567890124, \"n\": 1.5, \"s\": \"07\", \"mix\": \"01\", \"d\":"
                + " \"2023-01-05\", \"day\": \"2024-01-05\", \"u\":"
                + " \"6ba7b810-9dad-11d1-80b4-00c04fd430c8\", \"in\": {\"d\": \"2024-01-05\"}}",
            "{\"text\": \"c\", \"label\": \"l\", \"big\": 0.5, \"wide\": 1}");
    List<Table> file = both(written);
    assertTakes(file, "big = '9007199254740993'", 0);
    assertTakes(file, "wide = '12345678901234567890123'", 0);
    assertTakes(file, "n > 1.2", 1);
    assertTakes(file, "s = '7'", 0);
    assertTakes(file, "mix = '1'", 0);
    assertTakes(file, "mix = '01'", 1);
    assertTakes(file, "d < DATE '2024-01-01'", 1);
    assertTakes(file, "day = '2024-1-5'", 0);
    assertTakes(file, "u = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'", 1);
    assertTakes(file, "\"in\".d = '2024-1-5'", 0);
    assertRefuses(file, "s > 7", "s is text, and 7 is INTEGER");
    assertRefuses(file, "n = '1.50'", "'1.50' would be read as 1.5");
  }

  @Test
  void parquetKeepsItsTypes() throws SQLException {
    Path written = folder.resolve("p.parquet");
    try (var connection = DuckDb.open();
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES ('a', 'l', 12.1::DOUBLE, '12.1', ['a, b', 'NULL'], 0.1::FLOAT),"
              + " ('b', 'l', 7.0, '12.10', ['a', 'b'], 0.2), ('c', 'l', NULL, NULL, NULL, NULL))"
              + " t(text, label, d, s, l, f)) TO "
              + DuckDb.literal(written.toString()));
    }
    List<Table> file = both(written);
    assertTakes(file, "d = 12.1", 0);
    assertTakes(file, "d = '12.1'", 0);
    assertTakes(file, "s = '12.10'", 1);
    assertTakes(file, "list_contains(l, 'a')", 1);
    assertTakes(file, "l = ['a, b', 'NULL']", 0);
    assertTakes(file, "d IS NULL", 2);
    assertTakes(file, "f = '0.1'", 0);
    assertRefuses(file, "d = '12.10'", "'12.10' would be read as 12.1");
    assertRefuses(file, "s = 12.1", "s is text");
  }
}
