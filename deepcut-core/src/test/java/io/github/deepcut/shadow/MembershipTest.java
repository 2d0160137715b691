package io.github.deepcut.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.shadow.Membership.Part;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final Membership MEMBERSHIP = new Membership(1);

  @Test
  void halfOfTheModelsHaveEachSample() {
    for (int i = 0; i < 200; i++) {
      String id = "s" + i;
      assertThat(IntStream.range(0, 16).filter(m -> MEMBERSHIP.has(m, Part.TRAIN, id)).count())
          .isEqualTo(8);
    }
  }

  /** 10,000 draws of one half: 5,000 ± 4 · 50. */
  @Test
  void aModelHasHalfOfTheSamples() {
    for (int model : new int[] {0, 1, 6}) {
      long has =
          IntStream.range(0, 10_000)
              .filter(i -> MEMBERSHIP.has(model, Part.TRAIN, Integer.toString(i)))
              .count();
      assertThat(has).isBetween(4800L, 5200L);
    }
  }

  /** Two independent halves agree on 1,000 ± 4 · 22 of 2,000 samples. */
  @Test
  void pairsPartsAndSeedsAreIndependent() {
    assertThat(agree(MEMBERSHIP, 2, Part.TRAIN)).isBetween(912L, 1088L);
    assertThat(agree(MEMBERSHIP, 0, Part.EVAL)).isBetween(912L, 1088L);
    assertThat(agree(new Membership(2), 0, Part.TRAIN)).isBetween(912L, 1088L);
    assertThat(agree(new Membership(1), 0, Part.TRAIN)).isEqualTo(2000);
  }

  private static long agree(Membership other, int model, Part part) {
    return IntStream.range(0, 2000)
        .mapToObj(Integer::toString)
        .filter(id -> MEMBERSHIP.has(0, Part.TRAIN, id) == other.has(model, part, id))
        .count();
  }
}
