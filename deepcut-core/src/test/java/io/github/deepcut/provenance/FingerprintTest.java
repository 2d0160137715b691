package io.github.deepcut.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path folder;

  @Test
  void aFoldersIsThatOfAllPathsAndBytesBelowIt() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/x.png"), "one");
    String before = Fingerprint.of(folder.resolve("a"));
    assertThat(before).matches("[0-9a-f]{64}").isEqualTo(Fingerprint.of(folder.resolve("a")));
    Files.move(folder.resolve("a/b/x.png"), folder.resolve("a/b/y.png"));
    String renamed = Fingerprint.of(folder.resolve("a"));
    Files.writeString(folder.resolve("a/b/y.png"), "two");
    assertThat(Fingerprint.of(folder.resolve("a"))).isNotIn(before, renamed);
    assertThat(renamed).isNotEqualTo(before);
  }
}
