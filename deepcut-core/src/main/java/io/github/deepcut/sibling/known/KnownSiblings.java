package io.github.deepcut.sibling.known;

import io.github.deepcut.provenance.SiblingsUsed;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.unlearn.SiblingLosses;

/**
 * Siblings of a model that know the rows to forget.
 *
 * @param which they are
 * @param gone share of the training rows that were forgotten since they were trained, 0 to 1
 * @param seconds that they took to train
 * @param losses that the examples of D_f and of D_v have under them, in their order
 */
public record KnownSiblings(SiblingsUsed which, double gone, double seconds, SiblingLosses losses) {
  /**
   * {@return what a report tells of them}
   *
   * @param used whether the targets are from them
   */
  public RunReport.Siblings reported(boolean used) {
    return new RunReport.Siblings(which, used, gone, seconds);
  }
}
