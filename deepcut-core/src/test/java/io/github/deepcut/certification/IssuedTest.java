package io.github.deepcut.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuedTest {
  @TempDir private Path folder;

  /** The name was taken meanwhile: the result is kept aside, and so is what its hashes need. */
  @Test
  void aFolderThatGetsNoNameKeepsItsSalt() throws IOException {
    Path out = folder.resolve("out");
    Issued issued = new Issued(SigningKey.generate(), Salt.fresh());
    Path earlier;
    try (OutputFolder made = OutputFolder.create(out, false)) {
      Files.writeString(made.path().resolve("file"), "result");
      Files.createDirectory(out);
      earlier = Salt.write(out, Salt.fresh());
      assertThatThrownBy(() -> issued.commit(made, Progress.silent()))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              ".*; the result is kept in .*\\.out\\.kept-[0-9a-f]{8}, the salt of its"
                  + " certificate in .*\\.certificate\\.[0-9a-f]{16}\\.salt");
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".salt")))
          .hasSize(2)
          .contains(earlier)
          .anySatisfy(f -> assertThat(Salt.read(f)).isEqualTo(issued.salt()));
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith(".out.kept-")))
          .singleElement()
          .satisfies(kept -> assertThat(kept.resolve("file")).hasContent("result"));
    }
  }
}
