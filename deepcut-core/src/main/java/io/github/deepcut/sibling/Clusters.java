package io.github.deepcut.sibling;

import io.github.deepcut.data.Input;
import io.github.deepcut.unlearn.similar.SimilarRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that resemble each other: each is joined with the one that is most similar to it, by tokens
 * or pixels, and what hangs together is a cluster. So there is no number of clusters to choose, and
 * no threshold: the first partition of FINCH (Sarfraz et al., CVPR 2019, arXiv 1902.11266).
 */
final class Clusters {
  private final int[] parent;

  private Clusters(int examples) {
    parent = IntStream.range(0, examples).toArray();
  }

  /**
   * {@return the clusters of training rows}
   *
   * @param rows of some examples; one may have several, which are of one cluster
   * @param examples how many
   */
  static Units of(List<? extends Input> rows, int examples) {
    int[] first = new int[rows.size()];
    Arrays.fill(first, -1);
    SimilarRows.among(rows)
        .nearest(
            rows,
            Math.min(2, rows.size()),
            (row, nearest) ->
                first[row] =
                    IntStream.range(0, nearest.size())
                        .filter(i -> nearest.item(i) != row && nearest.cosine(i) > 0)
                        .map(nearest::item)
                        .findFirst()
                        .orElse(-1));
    Clusters joined = new Clusters(examples);
    for (int row = 0; row < first.length; row++) {
      if (first[row] >= 0) {
        joined.join(rows.get(row).example(), rows.get(first[row]).example());
      }
    }
    return new Units(
        Units.CLUSTER,
        IntStream.range(0, examples)
            .mapToObj(i -> List.of(Unit.of("cluster " + joined.root(i))))
            .toList());
  }

  private void join(int a, int b) {
    parent[root(a)] = root(b);
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
