package io.github.deepcut.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedTest {
  @TempDir Path dir;

  @Test
  void whatStaysIsFine() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "x");
    Unchanged unchanged = Unchanged.of(Arrays.asList(file, null, Path.of("resnet18"), dir));
    Files.writeString(dir.resolve("another"), "y");
    assertThatCode(unchanged::require).doesNotThrowAnyException();
  }

  @Test
  void anotherContentIsNoticed() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "x");
    var before = Files.getLastModifiedTime(file);
    Unchanged unchanged = Unchanged.of(List.of(dir));
    Files.writeString(file, "xy");
    Files.setLastModifiedTime(file, before); // the size tells
    refused(
        unchanged, file + ": was changed while it was in use: nothing was written, start again");
  }

  @Test
  void aFileInItsPlaceIsNoticedThoughSizeAndTimeAreTheSame() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "x");
    Unchanged unchanged = Unchanged.of(List.of(file));
    Path other = Files.writeString(dir.resolve("g"), "y");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    refused(
        unchanged, file + ": was changed while it was in use: nothing was written, start again");
  }

  @Test
  void aFileThatIsGoneIsNoticed() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "x");
    Unchanged unchanged = Unchanged.of(List.of(file));
    Files.delete(file);
    refused(unchanged, file + ": is gone while it was in use: nothing was written, start again");
  }

  private static void refused(Unchanged unchanged, String message) {
    assertThatThrownBy(unchanged::require).isInstanceOf(InputException.class).hasMessage(message);
  }
}
