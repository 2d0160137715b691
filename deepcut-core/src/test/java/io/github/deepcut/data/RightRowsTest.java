package io.github.deepcut.data;

import static io.github.deepcut.data.BothTables.assertRefuses;
import static io.github.deepcut.data.BothTables.assertTakes;
import static io.github.deepcut.data.BothTables.both;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition takes the rows whose text it names, in memory and on disk, and no others. */
class RightRowsTest {
  @TempDir Path folder;

  private Path csv(String... rows) {
    String[] lines = new String[rows.length + 1];
    lines[0] = "text,label,x";
    for (int i = 0; i < rows.length; i++) {
      lines[i + 1] = "t" + i + ",a," + rows[i];
    }
    return TestFiles.write(folder, "x.csv", lines);
  }

  /** What stays text is compared as text, and not at all with a number. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "7,007",
        "7,+7",
        "0,-0",
        "1.5,1.50",
        "1.0,1",
        "1e5,100000.0",
        "0.0,-0.0",
        "7,NA",
        "1.5,nan",
        "1.5,inf",
        "true,True",
        "2024-01-05,2024-1-5",
        "10:00:00,9:00",
        "2024-01-05 10:00:00,2024-01-05T10:00:00",
        "2024-01-05,infinity",
        "7,7 ",
        "7,\u0667"
      })
  void textStaysText(String first, String second) {
    List<Table> file = both(csv("\"" + first + "\"", "\"" + second + "\""));
    assertTakes(file, "x = '" + first + "'", 0);
    assertTakes(file, "x = '" + second + "'", 1);
    assertRefuses(file, "x = 7", "x is text, and 7 is INTEGER: put the value into quotes");
  }

  /** Where all texts survive, numbers are numbers. */
  @Test
  void whatSurvivesIsComparedAsWhatItIs() {
    assertTakes(csv("7", "60", "", "-100", "9"), "x > 8", 1, 4);
    assertTakes(csv("7", "60", "", "-100", "9"), "x IS NULL", 2);
    assertTakes(csv("7", "60"), "x = '60'", 1);
    assertTakes(csv("7.5", "60.0", "1e+20"), "x > 7.6", 1, 2);
    assertTakes(csv("7.5", "60.0"), "x = '60.0'", 1);
    assertTakes(csv("12345678901234567890", "12345678901234567891"), "x > 12345678901234567890", 1);
    assertTakes(csv("2024-01-05", "2023-12-31"), "year(x) = 2023", 1);
    assertTakes(csv("2024-01-05 10:00:00", "2023-12-31 00:00:00"), "x < TIMESTAMP '2024-01-01'", 1);
    assertTakes(csv("true", "false"), "NOT x", 1);
    assertTakes(csv("10:00:00", "09:00:00"), "x < TIME '09:30:00'", 1);
  }

  /** A text that no value of the column could be is refused, for it would be read as another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "7|x = '007'|'007' would be read as 7",
        "7|x IN ('6', '07')|'07' would be read as 7",
        "7|x BETWEEN '06' AND '8'|'06' would be read as 6",
        "7|x NOT IN ('007')|'007' would be read as 7",
        "7|x IS NOT DISTINCT FROM '007'|'007' would be read as 7",
        "7|coalesce(x, 0) = '007'|'007' would be read as 7",
        "7|x = (SELECT '007')|is text, and x is BIGINT",
        "7|x IN (SELECT '007')|Cannot compare",
        "7|x = ANY (['007'])|Cannot compare",
        "7|x = '7.4'|'7.4' would be read as 7",
        "7|x = concat('00', '7')|would be read as 7",
        "7|CASE x WHEN '007' THEN true END|'007' would be read as 7",
        "7|list_contains([x], '007')|'007' would be read as 7",
        "7|nullif(x, '007') IS NULL|'007' would be read as 7",
        "7|len(list_filter([x], v -> v = '007')) > 0|'007' would be read as 7",
        "7|EXISTS (SELECT 1 FROM data AS d WHERE d.x = '007')|'007' would be read as 7",
        "7|x = label|is text, and x is BIGINT",
        "7|x = '12345678901234567890'|Could not convert string '12345678901234567890'",
        "7|position = '00'|'00' would be read as 0",
        "12.5|x < 'nan'|'nan' would be read as no plain value",
        "0.0|x = '-0.0'|'-0.0' would be read as no plain value",
        "2024-01-05|x < 'infinity'|'infinity' would be read as no plain value",
        "12.5|x = '12.50'|'12.50' would be read as 12.5",
        "12.5|x = '12345678901234567890'|would be read as 1.2345678901234567e+19",
        "2024-01-05|x = '2024-1-5'|'2024-1-5' would be read as 2024-01-05",
        "2024-01-05 10:00:00|x > '2024-01-05'|would be read as 2024-01-05 00:00:00",
        "true|x = 't'|'t' would be read as true",
      })
  void textsThatWouldBeReadAsOthersAreRefused(String value, String condition, String why) {
    assertRefuses(both(csv(value)), condition, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "7|CAST(x AS VARCHAR) = '7'",
        "7|len(list_filter([x], v -> CAST(v AS VARCHAR) = '7')) > 0",
        "7|concat(x, '') = '7'",
        "7|x = NULL OR x = '7'",
        "2024-01-05|strftime(x, '%d') = '05'",
        "2024-01-05|date_part('year', x) = 2024",
        "a|len(list_filter([x], v -> v = 'a')) > 0",
        "a|[x][1] = 'a' AND substr(x, 1, 1) = 'a'",
      })
  void honestComparisonsAreNot(String value, String condition) {
    assertTakes(csv(value), condition, 0);
  }

  @Test
  void idsAreTexts() {
    List<Table> file =
        both(TestFiles.write(folder, "i.csv", "id,text,label", "7,a,x", "007,b,x", "7.0,c,x"));
    for (Table table : file) {
      assertThat(new ForgetRequest.Ids(List.of("007")).positions(table)).containsExactly(1);
      assertThat(new Where("id = '7'").positions(table)).containsExactly(0);
    }
    assertRefuses(file, "id = 7", "id is text, and 7 is INTEGER");
  }

  /** An e with an acute accent is one character in the first row, two in the second. */
  @Test
  void unicodeFormsAreDifferentTextsAndItIsSaid() {
    List<Table> both = both(csv("Jos\u00e9", "Ana"));
    assertTakes(both, "x = 'Jos\u00e9'", 0);
    for (Table table : both) {
      assertThatThrownBy(() -> new Where("x = 'Jose\u0301'").split(table))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "holds for no row as it is written, but for 1 if accents are composed");
    }
    assertTakes(csv("Jos\u00e9", "Jose\u0301"), "x = 'Jose\u0301'", 1);
    Path ids = TestFiles.write(folder, "u.csv", "id,text,label", "Jos\u00e9,a,x", "Ana,b,x");
    for (Table table : both(ids)) {
      assertThatThrownBy(() -> new ForgetRequest.Ids(List.of("Jose\u0301")).split(table))
          .hasMessageContaining("1 of 1 ids are not in u.csv")
          .hasMessageEndingWith("; 1 of its rows have ids that differ in their Unicode form alone");
    }
  }

  /** Five ids, five values, and how many more. */
  @Test
  void whatIsTakenIsNamed() {
    List<Table> both = both(csv("3", "3", "3", "4", "5", "6", "7", "8", "", "99"));
    for (Table table : both) {
      ForgetSplit split = new Where("x < 50 OR X IS NULL").split(table);
      assertThat(split.taken())
          .containsExactly(
              "ids: 0, 1, 2, 3, 4 and 4 more",
              "x: '3' (3 rows), '4' (1 row), '5' (1 row), '6' (1 row), '7' (1 row) and 2 more values");
      assertThat(new Where("x IS NULL AND text = 't8'").split(table).taken())
          .containsExactly("ids: 8", "x: missing (1 row)");
    }
  }
}
