package io.github.deepcut.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few of the kills that {@code deepcut-bench/run kill} does by the hundred. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {
  private static final int KILLS = Integer.getInteger("deepcut.kills", 1);

  private Child child;

  @BeforeAll
  void prepare(@TempDir Path folder) throws Exception {
    Path work = World.in(Files.createDirectory(folder.resolve("work"))).folder();
    child = new Child(work, Files.createDirectory(folder.resolve("tmp")));
    List<String> model = Victim.preparations().get(0).arguments("", false);
    assertThat(child.run(model)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "audit-shadows"})
  void outputsAreWholeAndNothingStays(String name) throws Exception {
    Victim victim =
        Victim.all().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    Kill.Plan plan = new Kill.Plan(KILLS, 1, Duration.ofHours(1));
    Trial.Result result = new Trial(child, victim, plan).run();
    assertThat(result.faults()).isEmpty();
    assertThat(result.kills()).isEqualTo(KILLS);
    assertThat(result.completed()).isPositive();
  }
}
