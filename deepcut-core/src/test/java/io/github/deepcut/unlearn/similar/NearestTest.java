package io.github.deepcut.unlearn.similar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void theLargestComeFirstAndTheEarlierOfEquals() {
    Nearest nearest = new Nearest(3);
    float[] cosines = {.1f, .5f, .3f, .5f, .2f};
    for (int item : new int[] {4, 3, 0, 2, 1}) {
      nearest.offer(item, cosines[item]);
    }
    assertThat(IntStream.range(0, nearest.size()).map(nearest::item)).containsExactly(1, 3, 2);
    assertThat(nearest.cosine(2)).isEqualTo(.3f);
  }
}
