package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only regular files inside the folder are what a certificate speaks of; all else is named. */
@Timeout(20) // a pipe that is opened never ends
class FolderHashesTest {
  private Certified good;

  @BeforeEach
  void certify(@TempDir Path folder) throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    good = Certified.in(folder);
  }

  private List<String> found() {
    return Verification.of(good.file(), good.key().open()).model(good.model()).differences();
  }

  private void isNamed(Path path, String what) {
    assertThat(found()).containsExactly(path + ": " + what);
  }

  @Test
  void nothingElse() {
    assertThat(found()).isEmpty();
  }

  @Test
  void danglingLinksLinksInsideAndLinksOut() throws IOException {
    String what = "a symbolic link: expected files alone; cp -rL copies a folder with the files";
    Path link = good.model().resolve("link");
    Path outside = Files.writeString(good.folder().resolve("outside"), "x");
    for (Path target :
        List.of(Path.of("/nowhere/at/all"), Path.of("config.json"), outside, good.original())) {
      Files.createSymbolicLink(link, target);
      isNamed(link, what);
      Files.delete(link);
    }
    // nor in the place of a file of the very same bytes
    Path config = good.model().resolve("config.json");
    Files.move(config, outside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.createSymbolicLink(config, outside);
    assertThat(found()).containsExactly(config + ": " + what, config + ": is missing");
  }

  @Test
  void aFolderOfLinksIsHashedAsItIsReadWhereThatIsAskedFor() throws IOException {
    Path cache = Files.createDirectory(good.folder().resolve("cache"));
    for (String name : List.of("config.json", "model.safetensors", "deepcut.json", "more")) {
      Files.createSymbolicLink(cache.resolve(name), good.original().resolve(name));
    }
    assertThat(FolderHashes.following(cache)).isEqualTo(FolderHashes.of(good.original()));
  }

  @Test
  void pipesAndEmptyFolders() throws IOException, InterruptedException {
    Path pipe = good.model().resolve("more/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    isNamed(pipe, "not a regular file: expected files alone");
    Files.delete(pipe);
    Path empty = Files.createDirectories(good.model().resolve("a/b/c"));
    isNamed(empty, "an empty folder: expected files alone");
  }

  @Test
  void nothingHidesUnderTheCertificatesName() throws IOException {
    Path own = good.file();
    Path elsewhere = good.folder().resolve("certificate.json");
    Files.move(own, elsewhere);
    Files.createSymbolicLink(own, elsewhere);
    var key = good.key().open();
    assertThat(Verification.of(elsewhere, key).model(good.model()).differences())
        .singleElement()
        .asString()
        .startsWith(own + ": a symbolic link");
    Files.delete(own);
    Files.createDirectory(own);
    Files.writeString(own.resolve("hidden"), "x");
    assertThat(Verification.of(elsewhere, key).model(good.model()).differences())
        .containsExactly(own.resolve("hidden") + ": the certificate knows no such thing");
    Files.delete(own.resolve("hidden"));
    Files.delete(own);
    Files.writeString(own, "another");
    assertThat(Verification.of(elsewhere, key).model(good.model()).differences())
        .containsExactly(own + ": is not the certificate that is checked");
    Files.delete(own);
    assertThat(Verification.of(elsewhere, key).model(good.model()).isUnchanged()).isTrue();
  }

  /** Its hash would stand under the name of a tensor that a safetensors file may have. */
  @Test
  void aFileThatIsNamedLikeATensor() throws IOException {
    Path file = Files.writeString(good.model().resolve("model.safetensors#w"), "x");
    isNamed(file, "the name of a tensor: expected one of a file");
  }

  @Test
  void aPipeIsNoCertificate() throws IOException, InterruptedException {
    Path pipe = good.folder().resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Verification.of(pipe, null))
        .hasMessage(pipe + ": not a regular file");
  }

  @Test
  void theOriginalsRecordIsHeldAgainstTheCertificate() throws IOException {
    Path record = good.original().resolve("deepcut.json");
    String said = Files.readString(record);
    Files.writeString(record, said.replace("\"0", "\"1"));
    assertThat(Verification.of(good.file(), null).original(good.original()).differences())
        .hasSize(2)
        .last()
        .asString()
        .startsWith(good.original() + ": the SHA-256 of its training data is 10");
  }

  @Test
  void theRetrainedModelIsHeldAgainstTheCertificate() {
    assertThat(Verification.of(good.file(), null).retrained(good.original()).differences())
        .singleElement()
        .asString()
        .contains("its fingerprint is", "the certificate compares with");
  }
}
