package io.github.deepcut.audit;

import java.util.List;

/** The attacks by score that every audit makes. */
public final class ScoreAttacks {
  /** The one that decides comes first. */
  public static final List<ScoreAttack> ALL =
      List.of(
          new LossScore(),
          new ConfidenceScore(),
          new MarginScore(),
          new EntropyScore(),
          new ModifiedEntropyScore());

  private ScoreAttacks() {}
}
