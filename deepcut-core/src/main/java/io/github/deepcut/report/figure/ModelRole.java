package io.github.deepcut.report.figure;

import java.util.Locale;

/** Which of the three models a series is of. */
public enum ModelRole {
  /** Trained with the forgotten samples. */
  ORIGINAL,
  /** The model under audit. */
  UNLEARNED,
  /** Trained without the forgotten samples: the yardstick. */
  RETRAINED;

  /** As JSON has it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
