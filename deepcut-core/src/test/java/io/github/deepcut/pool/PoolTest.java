package io.github.deepcut.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import io.github.deepcut.shadow.ShadowIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolTest {
  private static final PoolIdentity IDENTITY = identity("d");
  private static final PooledModel SHADOW =
      new PooledModel(
          3, new boolean[] {true, false, true}, new float[][] {{1.5f}, {-2, 3, 0.25f}, {}});

  @TempDir private Path cache;

  private static PoolIdentity identity(String data) {
    return new ShadowIdentity("1", data, "e", "b", "r", List.of("no", "yes"), 1).pool();
  }

  @Test
  void keepsAnswers() {
    Pool pool = Pool.open(cache, IDENTITY);
    assertThat(pool.missing(4)).containsExactly(0, 1, 2, 3);
    pool.write(SHADOW);
    assertThat(Pool.open(cache, IDENTITY).missing(4)).containsExactly(0, 1, 2);
    pool.write(new PooledModel(0, SHADOW.members(), SHADOW.logOdds()));
    PooledModel read = pool.read(1).get(0);
    assertThat(read.members()).isEqualTo(SHADOW.members());
    assertThat(read.logOdds()).isDeepEqualTo(SHADOW.logOdds());
  }

  @Test
  void otherDataOrRecipeHaveAnotherPool() {
    assertThat(Pool.open(cache, identity("other")).folder())
        .isNotEqualTo(Pool.open(cache, IDENTITY).folder());
    assertThat(IDENTITY.key()).hasSize(32).isEqualTo(identity("d").key());
  }

  /** A flipped bit anywhere, a missing end, a file of another pool: none is taken for answers. */
  @Test
  void refusesWhatIsNotItsOwn() throws IOException {
    Pool pool = Pool.open(cache, IDENTITY);
    pool.write(new PooledModel(0, SHADOW.members(), SHADOW.logOdds()));
    Path file = pool.folder().resolve("0000.shadow");
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      refused(pool, "is damaged");
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
    refused(pool, "is damaged");
    Pool other = Pool.open(cache, identity("other"));
    Files.write(other.folder().resolve("0000.shadow"), whole);
    refused(other, "is of another pool");
  }

  private static void refused(Pool pool, String why) {
    assertThatThrownBy(() -> pool.read(1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0000.shadow")
        .hasMessageContaining(why);
  }
}
