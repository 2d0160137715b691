package io.github.deepcut.sibling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static Sequence row(int example, int... ids) {
    return new Sequence(
        example, ids, new int[ids.length], new int[1], new int[1], new int[] {example % 2});
  }

  /** The clusters, by the examples in them. */
  private static Set<Set<Integer>> clusters(List<Sequence> rows, int examples) {
    Map<Unit, Set<Integer>> out = new HashMap<>();
    Units units = Clusters.of(rows, examples);
    for (int i = 0; i < examples; i++) {
      out.computeIfAbsent(units.ofRows().get(i).get(0), u -> new HashSet<>()).add(i);
    }
    return new HashSet<>(out.values());
  }

  @Test
  void whatIsNearestToEachOtherHangsTogether() {
    List<Sequence> rows =
        List.of(
            row(0, 2, 10, 11, 12, 3),
            row(1, 2, 20, 21, 22, 3),
            row(2, 2, 10, 11, 13, 3),
            row(3, 2, 20, 21, 23, 3),
            row(4, 2, 13, 11, 14, 3));
    assertThat(clusters(rows, 5)).isEqualTo(Set.of(Set.of(0, 2, 4), Set.of(1, 3)));
  }

  @Test
  void theWindowsOfAnExampleAreOfOneCluster() {
    List<Sequence> rows =
        List.of(
            row(0, 2, 10, 11, 3),
            row(0, 2, 20, 21, 3),
            row(1, 2, 10, 12, 3),
            row(2, 2, 20, 22, 3),
            row(3, 2, 30, 31, 3),
            row(4, 2, 30, 32, 3));
    assertThat(clusters(rows, 5)).isEqualTo(Set.of(Set.of(0, 1, 2), Set.of(3, 4)));
  }

  @Test
  void oneThatResemblesNoOtherIsAlone() {
    List<Sequence> rows =
        IntStream.range(0, 3).mapToObj(i -> row(i, 2, 100 + i, 200 + i, 3)).toList();
    assertThat(clusters(rows, 3)).hasSize(3);
  }
}
