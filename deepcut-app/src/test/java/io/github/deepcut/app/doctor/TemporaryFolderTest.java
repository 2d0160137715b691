package io.github.deepcut.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path dir;

  @Test
  void tellsWhatIsFreeAndLeavesNothing() {
    Finding finding = TemporaryFolder.look(dir);
    assertThat(finding.state()).isNotEqualTo(Finding.State.FAIL);
    assertThat(finding.found()).startsWith(dir + ", ").contains(" GiB free");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void oneThatCannotBeWrittenFails() {
    Finding finding = TemporaryFolder.look(dir.resolve("missing"));
    assertThat(finding.state()).isEqualTo(Finding.State.FAIL);
    assertThat(finding.mend()).isEqualTo("set TMPDIR to a folder that can be written");
  }
}
