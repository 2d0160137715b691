package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  /** RFC 8410, section 10.3 and 10.1: a private key and its public key. */
  private static final String SECRET =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String OPEN =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  @TempDir private Path folder;

  @Test
  void readsTheKeysOfTheRfc() throws IOException {
    SigningKey key = Keys.read(Files.writeString(folder.resolve("secret.pem"), SECRET));
    assertThat(PublicKeys.toPem(key.open())).isEqualTo(OPEN);
    assertThat(key.toPem()).isEqualTo(SECRET);
    assertThat(Keys.readOpen(Files.writeString(folder.resolve("open.pem"), OPEN)))
        .isEqualTo(key.open());
  }

  @Test
  void theOwnKeyIsMadeOnceAndForItsOwnerAlone() throws IOException {
    Keys keys = new Keys(folder.resolve("a/b"));
    SigningKey first = keys.own();
    assertThat(keys.own()).isEqualTo(first);
    assertThat(Keys.readOpen(keys.open())).isEqualTo(first.open());
    assertThat(new Keys(folder.resolve("c")).own()).isNotEqualTo(first);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("a/b/signing-key.pem")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(folder.resolve("a/b")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    try (var files = Files.list(folder.resolve("a/b"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aLostPublicKeyIsMadeAgainFromThePrivateOne() throws IOException {
    Keys keys = new Keys(folder.resolve("a"));
    SigningKey own = keys.own();
    Files.delete(keys.open());
    assertThat(keys.isOwn(own.open())).isFalse();
    keys.own();
    assertThat(keys.isOwn(own.open())).isTrue();
    assertThat(keys.isOwn(SigningKey.generate().open())).isFalse();
  }

  @Test
  void otherFilesAreRefusedInOneLine() throws IOException {
    Path file = folder.resolve("key.pem");
    for (String text : new String[] {"", OPEN, SECRET.replace("MC4C", "MC4D"), "{}"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Keys.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ": ");
    }
    assertThatThrownBy(() -> Keys.readOpen(folder.resolve("none")))
        .hasMessageContaining("no such file");
  }
}
