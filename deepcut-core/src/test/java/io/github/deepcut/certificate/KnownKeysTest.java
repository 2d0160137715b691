package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.certificate.KnownKeys.Known;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeysTest {
  @TempDir private Path folder;

  private final Known first = new Known(SigningKey.generate().open(), "the clinic's key");
  private final Known second = new Known(SigningKey.generate().open(), "evil\nname\u202e");

  private KnownKeys keys() {
    return new KnownKeys(folder.resolve("config/known-keys"));
  }

  @Test
  void keysAreAddedOnceFoundAndRemoved() {
    assertThat(keys().all()).isEmpty();
    assertThat(keys().find(first.key())).isEmpty();
    keys().add(first);
    keys().add(second);
    keys().add(new Known(first.key(), "renamed"));
    assertThat(keys().all()).extracting(Known::name).containsExactly("evil name\\u202e", "renamed");
    assertThat(keys().find(first.key())).get().extracting(Known::id).isEqualTo(first.id());
    assertThat(keys().remove(first.id().substring(0, 8)).name()).isEqualTo("renamed");
    assertThat(keys().all()).extracting(Known::id).containsExactly(second.id());
  }

  @Test
  void whatIsNoIdOfOneKeyIsRefused() {
    keys().add(first);
    for (String id : new String[] {"", "1234567", first.id().substring(0, 7), second.id()}) {
      assertThatThrownBy(() -> keys().remove(id))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected the id of a known key");
    }
    assertThat(keys().all()).hasSize(1);
  }

  @Test
  void aChangedLineIsNamed() throws IOException {
    keys().add(first);
    Path file = keys().file();
    String good = Files.readString(file);
    for (String bad :
        new String[] {
          "nonsense\n",
          good.replaceFirst("^.", good.startsWith("a") ? "b" : "a"),
          good.replace(" MC", " MD"),
          first.id() + " %%% name\n"
        }) {
      Files.writeString(file, good + bad);
      assertThatThrownBy(() -> keys().all())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ":2: ");
    }
  }
}
