package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not of the format, and what is said of them. */
class RefusedSafeTensorsTest {
  @TempDir Path dir;

  @Test
  void errorsNameFileTensorValueAndRule() {
    Path f = dir.resolve("f");
    String overlap =
        "{"
            + RawFile.entry("a", "U8", "[2]", "[0,2]")
            + ","
            + RawFile.entry("b", "U8", "[2]", "[1,3]")
            + "}";
    RawFile.write(f, overlap, new byte[3]);
    assertThatThrownBy(() -> SafeTensors.open(f))
        .isInstanceOf(InputException.class)
        .hasMessage(
            f + ": tensor \"b\": begins at 1 and overlaps the tensor before it: must begin at 2");
    RawFile.write(f, 200_000_000, "{}");
    assertThatThrownBy(() -> SafeTensors.open(f))
        .isInstanceOf(InputException.class)
        .hasMessage(f + ": header length 200000000 must be at most 2");
    assertThatThrownBy(() -> SafeTensors.open(dir.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessage(dir.resolve("none") + ": cannot be read: no such file");
    assertThatThrownBy(() -> SafeTensors.open(dir)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U8     | [2]                 | [0,1]   | must span the 2 bytes of U8 [2]",
        "U8     | [4]                 | [0,4]   | must rise within the file's 2 data bytes",
        "U8     | [1]                 | [1,2]   | leaves a hole before it",
        "U8     | [1]                 | [0,1]   | must cover all 2 data bytes",
        "U8     | [0]                 | [1,0]   | must rise",
        "U8     | [-1]                | [0,1]   | shape[0] must be an integer of 0 or more",
        "U8     | [2.0]               | [0,2]   | shape[0] must be an integer of 0 or more",
        "U8     | [4294967296,4294967296] | [0,2] | is no possible size",
        "U8     | [0,4294967296,4294967296] | [0,0] | is no possible size",
        "F64    | [2305843009213693952] | [0,2] | is no possible size",
        "U8     | [99999999999999999999] | [0,2] | out of range of long",
        "U8     | 2                   | [0,2]   | shape must be an array",
        "U8     | [2]                 | [0,1,2] | must be [begin, end]",
        "U8     | [2]                 | {}      | data_offsets must be an array",
        "F7     | [2]                 | [0,2]   | dtype \"F7\" is not of the format",
        "F4     | [3]                 | [0,2]   | must fill whole bytes",
        "F6_E2M3| [2]                 | [0,2]   | must fill whole bytes",
        "U8     | [2],\"extra\":1     | [0,2]   | field \"extra\" is not of the format",
        "U8     | [2],\"shape\":[2]   | [0,2]   | Duplicate field 'shape'",
      })
  void badEntriesAreRefused(String dtype, String shape, String offsets, String rule) {
    String header = "{" + RawFile.entry("x", dtype, shape, offsets) + "}";
    assertRefused(header, rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                   | must begin with '{'",
        "x                                    | must begin with '{'",
        "{                                    | must be strict JSON",
        "{}{}                                 | must end after its object",
        "{\"x\":1}                            | tensor \"x\": must be an object",
        "{\"x\":{}}                           | needs dtype, shape and data_offsets",
        "{\"x\":{\"dtype\":1}}                | dtype \"VALUE_NUMBER_INT\" is not of the format",
        "{\"__metadata__\":1}                 | __metadata__ must be an object",
        "{\"__metadata__\":{\"a\":1}}         | value of \"a\" must be a string",
        "{\"__metadata__\":{},\"__metadata__\":{}} | Duplicate field",
        "{\"__metadata__\":{\"a\":\"\\ud800\"}} | must be well-formed Unicode",
      })
  void badHeadersAreRefused(String header, String rule) {
    assertRefused(header, rule);
  }

  private void assertRefused(String header, String rule) {
    Path f = RawFile.write(dir.resolve("f"), header, new byte[2]);
    assertThatThrownBy(() -> SafeTensors.open(f))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(f + ": ")
        .hasMessageContaining(rule);
  }
}
