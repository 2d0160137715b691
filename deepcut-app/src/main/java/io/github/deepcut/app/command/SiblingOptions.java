package io.github.deepcut.app.command;

import io.github.deepcut.Erasure;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PoolIdentity;
import io.github.deepcut.provenance.SiblingsUsed;
import io.github.deepcut.run.Progress;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.UnlearningMethod;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where siblings are kept. */
final class SiblingOptions {
  /** Share of the rows, forgotten since siblings were trained, from which new ones are advised. */
  private static final double STALE = 0.05;

  @Option(
      names = "--sibling-cache",
      paramLabel = "DIR",
      description =
          "Where deepcut siblings keeps what they say (default: ~/.cache/deepcut/siblings).")
  private Path folder;

  Path folder() {
    return folder == null ? Pool.defaultCache(PoolIdentity.Kind.SIBLING) : folder;
  }

  /**
   * With siblings that know the rows to forget, for a method that asks such; says what it found.
   */
  Erasure asked(Erasure erasure, UnlearningMethod method, Progress progress) {
    if (!method.asksSiblings(true)) {
      return erasure;
    }
    Optional<KnownSiblings> known = new SiblingCache(folder()).find(erasure, progress);
    known.ifPresent(siblings -> say(siblings, progress));
    return known.map(erasure::with).orElse(erasure);
  }

  private static void say(KnownSiblings known, Progress progress) {
    SiblingsUsed which = known.which();
    progress.say(
        String.format(
            Locale.ROOT,
            "siblings (unit %s, %d folds, %d rounds): of what resembles the rows to forget, %d %%"
                + " is not as retraining would have it%s",
            which.unit(),
            which.folds(),
            which.rounds(),
            which.misfitPercent(),
            known.losses().fit() ? "" : ": too much; siblings of another --unit may fit"));
    if (which.holdout().isEmpty()) {
      progress.say("note: the siblings were trained without --holdout: targets are not calibrated");
    }
    if (known.gone() >= STALE) {
      progress.say(
          String.format(
              Locale.ROOT,
              "note: %.0f %% of the rows were forgotten since the siblings were trained: train new"
                  + " ones (deepcut siblings)",
              100 * known.gone()));
    }
  }

  /** Deletes what they say of forgotten rows. */
  void forget(Erasure erasure, Progress progress) {
    int pools = new SiblingCache(folder()).forget(erasure, progress);
    if (pools > 0) {
      progress.say("what siblings said of the forgotten rows was deleted from " + folder());
    }
  }
}
