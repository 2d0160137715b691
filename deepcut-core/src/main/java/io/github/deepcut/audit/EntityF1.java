package io.github.deepcut.audit;

import io.github.deepcut.data.Mention;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Entity-level precision, recall and F1 by the rules of conlleval (Tjong Kim Sang and De Meulder,
 * CoNLL 2003): an entity counts when its type, its first and its last word are right.
 *
 * <p>Range [0, 1]; higher is more useful, and for unlearning the yardstick is the gap to a
 * retrained model. Precision is undefined where nothing was predicted, recall where nothing was
 * there to find, F1 where both are so: undefined is not 0. The interval is a bootstrap over
 * sentences.
 */
public final class EntityF1 {
  private EntityF1() {}

  /**
   * The counts of one sentence or, summed, of many.
   *
   * @param truePositives entities predicted and there
   * @param gold entities there
   * @param predicted entities predicted
   */
  public record Counts(long truePositives, long gold, long predicted) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(Counts o) {
      return new Counts(truePositives + o.truePositives, gold + o.gold, predicted + o.predicted);
    }

    /** The share of predicted entities that are there; n counts the predicted. */
    public Value precision() {
      return predicted == 0
          ? Value.undefined("no entity was predicted", 0)
          : Value.of((double) truePositives / predicted, predicted);
    }

    /** The share of entities there that were predicted; n counts those there. */
    public Value recall() {
      return gold == 0
          ? Value.undefined("there is no entity to find", 0)
          : Value.of((double) truePositives / gold, gold);
    }

    /** The harmonic mean 2 tp / (gold + predicted); n counts the entities there. */
    public Value f1() {
      return gold + predicted == 0
          ? Value.undefined("there is no entity to find and none was predicted", 0)
          : Value.of(2.0 * truePositives / (gold + predicted), gold);
    }
  }

  /** The counts of a sentence from its true and its predicted tags, one of each a word. */
  public static Counts counts(List<String> gold, List<String> predicted) {
    Checks.sameSize("tags against predicted tags", gold.size(), predicted.size());
    List<Span> there = spans(gold);
    List<Span> found = spans(predicted);
    Set<Span> both = new HashSet<>(there);
    both.retainAll(new HashSet<>(found));
    return new Counts(both.size(), there.size(), found.size());
  }

  /** F1 over sentences with its interval; n counts the sentences. */
  public static Value of(List<Counts> sentences, Bootstrap bootstrap) {
    Counts sum = sentences.stream().reduce(Counts.NONE, Counts::plus);
    return sum.f1() instanceof Value.Undefined none
        ? Value.undefined(none.reason(), sentences.size())
        : bootstrap.value(sentences.size(), statistic(sentences));
  }

  /** F1 as a function of drawn sentences, for {@link Bootstrap#difference}; NaN: undefined. */
  public static ToDoubleFunction<int[]> statistic(List<Counts> sentences) {
    Counts[] counts = sentences.toArray(Counts[]::new);
    return drawn -> {
      long hits = 0;
      long both = 0;
      for (int i : drawn) {
        hits += counts[i].truePositives();
        both += counts[i].gold() + counts[i].predicted();
      }
      return 2.0 * hits / both;
    };
  }

  /**
   * The entities of a sentence, in order. IOB1, IOB2, BIOES and BILOU are read alike: an entity
   * opens at B, S or U, after O, E, L, S or U, and where the type changes; it lasts until the next
   * opens or O comes. A tag without such a prefix is a type of its own, as if after {@code I-}.
   */
  public static List<Span> spans(List<String> tags) {
    return Mention.of(tags).stream().map(m -> new Span(m.type(), m.start(), m.end())).toList();
  }
}
