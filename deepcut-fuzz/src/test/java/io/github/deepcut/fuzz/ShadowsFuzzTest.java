package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PoolIdentity;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.shadow.ShadowIdentity;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** What many models leave: the files of shadow models, and the plan of an ensemble. */
class ShadowsFuzzTest {
  private static final PoolIdentity IDENTITY =
      new ShadowIdentity("v", "d", "e", "b", "r", List.of("x"), 1).pool();

  /** As it is, and once more with the checksum that fits. */
  @FuzzTest
  void shadow(byte[] bytes) {
    Pool pool = Pool.open(Scratch.folder("pool"), IDENTITY);
    read(pool, bytes);
    if (bytes.length >= 4) {
      CRC32C sum = new CRC32C();
      sum.update(bytes, 0, bytes.length - 4);
      byte[] fitting = bytes.clone();
      ByteBuffer.wrap(fitting).putInt(bytes.length - 4, (int) sum.getValue());
      read(pool, fitting);
    }
  }

  private static void read(Pool pool, byte[] bytes) {
    Scratch.file(pool.folder(), "0000.shadow", bytes);
    Refusal.none(
        () ->
            assertThat(pool.read(1))
                .allMatch(shadow -> shadow.members().length == shadow.logOdds().length));
  }

  @FuzzTest
  void poolIdentity(byte[] bytes) {
    Path cache = Scratch.folder("pools");
    Path folder = cache.resolve(IDENTITY.key());
    folder.toFile().mkdirs();
    Scratch.file(folder, "pool.json", bytes);
    boolean opened = Refusal.none(() -> Pool.open(cache, IDENTITY));
    assertThat(opened).isEqualTo(Arrays.equals(bytes, IDENTITY.json().getBytes(UTF_8)));
  }

  @FuzzTest
  void ensemble(byte[] bytes) {
    Path folder = Scratch.folder("ensemble");
    Scratch.file(folder, "ensemble.json", bytes);
    Refusal.none(
        () -> {
          ShardPlan plan = ShardPlan.read(folder);
          assertThat(plan.slices()).isPositive();
          for (int shard = 1; shard <= plan.shards().size(); shard++) {
            Path model = ShardPlan.folder(folder, shard, plan.slices());
            assertThat(model.normalize().startsWith(folder)).isTrue();
          }
        });
  }
}
