package io.github.deepcut.sibling;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which siblings are trained without which rows: in each round every unit is dealt to one fold, and
 * each fold is what one sibling never sees. As GroupKFold deals, the largest unit first and to the
 * fold with the fewest rows; units of one size in an order that the seed draws anew each round.
 *
 * @param count folds a round, 2 or more
 * @param rounds 1 or more; as many siblings never see a row
 * @param seed of the order
 */
public record Folds(int count, int rounds, long seed) {
  /**
   * Checks the counts.
   *
   * @param count folds a round
   * @param rounds of folds
   * @param seed of the order
   * @throws InputException if there are fewer than two folds, or no round
   */
  public Folds {
    if (count < 2) {
      throw new InputException("--folds is " + count + ", expected >= 2");
    }
    if (rounds < 1) {
      throw new InputException("--rounds is " + rounds + ", expected >= 1");
    }
  }

  /** {@return how many siblings there are} */
  public int siblings() {
    return count * rounds;
  }

  /**
   * {@return the rows that each sibling is trained without, those of the first round first}
   *
   * @param units of the rows
   * @throws InputException if there are fewer units than folds, or a sibling would have no row left
   */
  public List<BitSet> without(Units units) {
    long distinct = units.ofRows().stream().flatMap(List::stream).distinct().count();
    if (distinct < count) {
      throw new InputException(
          "--folds is %d, but the rows are of %d units (%s): expected at most as many"
              .formatted(count, distinct, units.name()));
    }
    List<BitSet> without =
        IntStream.range(0, rounds).boxed().flatMap(round -> round(round, units)).toList();
    if (without.stream().anyMatch(out -> out.cardinality() == units.ofRows().size())) {
      throw new InputException(
          "--unit %s: a sibling would be trained without every row; more --folds may help"
              .formatted(units.name()));
    }
    return without;
  }

  private Stream<BitSet> round(int round, Units units) {
    Map<Unit, Integer> sizes = new HashMap<>();
    units.ofRows().forEach(row -> row.forEach(unit -> sizes.merge(unit, 1, Integer::sum)));
    Map<Unit, Long> drawn = new HashMap<>();
    sizes.keySet().forEach(unit -> drawn.put(unit, draw(round, unit)));
    List<Unit> order =
        sizes.keySet().stream()
            .sorted(
                Comparator.<Unit>comparingInt(unit -> -sizes.get(unit))
                    .thenComparingLong(drawn::get)
                    .thenComparing(Unit::toString))
            .toList();
    int[] rows = new int[count];
    Map<Unit, Integer> fold = new HashMap<>();
    Set<List<Object>> taken = new HashSet<>(); // (fold, whole) of which a part is there
    for (Unit unit : order) {
      int to =
          IntStream.range(0, count)
              .filter(f -> !taken.contains(List.of(f, unit.whole())))
              .boxed()
              .min(Comparator.comparingInt(f -> rows[f]))
              .orElseThrow();
      rows[to] += sizes.get(unit);
      taken.add(List.of(to, unit.whole()));
      fold.put(unit, to);
    }
    return IntStream.range(0, count).mapToObj(f -> rows(units, fold, f));
  }

  private static BitSet rows(Units units, Map<Unit, Integer> fold, int f) {
    BitSet out = new BitSet();
    for (int row = 0; row < units.ofRows().size(); row++) {
      out.set(row, units.ofRows().get(row).stream().anyMatch(unit -> fold.get(unit) == f));
    }
    return out;
  }

  private long draw(int round, Unit unit) {
    return Run.of(seed).random("round " + round + " " + unit).nextLong();
  }
}
