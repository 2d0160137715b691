package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir Path folder;

  private static List<String> read(Path file) {
    List<String> lines = new ArrayList<>();
    TextLines.read(file, lines::add);
    return lines;
  }

  @Test
  void linesThatHoldTextAreGivenPackedOrNot() {
    String[] lines = {"\uFEFFOne é.", "", " \t", "  Two  "};
    assertThat(read(TestFiles.write(folder, "a.txt", lines))).containsExactly("One é.", "Two");
    assertThat(read(TestFiles.write(folder, "b.gz", lines))).containsExactly("One é.", "Two");
  }

  @Test
  void whatIsNoTextIsRefused() {
    refused(TestFiles.write(folder, "blank.txt", "", " "), "blank.txt: it holds no text");
    refused(TestFiles.write(folder, "x.jsonl.gz", "{}"), "x.jsonl.gz: .jsonl is not plain text,.*");
    refused(
        TestFiles.bytes(folder, "latin.txt", new byte[] {'a', '\n', (byte) 0xE9, '\n'}),
        "latin.txt: not UTF-8, after line \\d");
    refused(folder.resolve("absent.txt"), ".*absent.txt: no such file.*");
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InputException.class)
        .message()
        .matches(message);
  }
}
