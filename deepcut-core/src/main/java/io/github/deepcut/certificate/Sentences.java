package io.github.deepcut.certificate;

import java.util.ArrayList;
import java.util.List;

/** What a certificate proves, and what it does not, in words; {@code verify} says its own. */
public final class Sentences {
  public static final List<String> PROVES =
      List.of(
          "The holder of the key stated this, and neither statement nor model was changed since.",
          "The files and tensors under after/ are those that the holder states this unlearning"
              + " wrote; those under before/ are those that it read.",
          "The trees of ids and rows fit together as stated; who has salt and data can recompute"
              + " both, with the contents of the rows.",
          "Who has the original, the data and the salt can run the unlearning again and compare"
              + " every tensor.");

  private static final List<String> DOES_NOT_PROVE =
      List.of(
          "That nothing of the forgotten examples is left in the weights: the audit's figures are"
              + " statistics, with their intervals, for the attacks that were run.",
          "That the training data named here are all that the original was trained on, or that no"
              + " retained example repeats what a forgotten one says.",
          "Anything about other copies of the model, of the data, or about backups.",
          "Who holds the key: compare its id with one received from the signer by another way.");

  private Sentences() {}

  /** Those that hold for every certificate, and what this one has besides. */
  public static List<String> doesNotProve(
      Predicate.Method method, Predicate.Data data, List<String> unread) {
    List<String> lines = new ArrayList<>(DOES_NOT_PROVE);
    if (data.trainedOn() == null) {
      lines.add(
          "That the model was trained on the data named here: it has no record that says so.");
    } else if (!data.isOfRecord()) {
      lines.add(
          "That the model was trained on the data named here: its record names another file, so ids"
              + " and rows may be others than those it learnt.");
    }
    if (method.siblings() != null) {
      lines.add(
          "That what siblings of the model said of the forgotten examples is kept nowhere: the run"
              + " deletes it from their cache once this is written.");
    }
    if (!unread.isEmpty()) {
      lines.add(
          "Anything about what was copied unread, and may hold what the original learnt: "
              + String.join(", ", unread));
    }
    return lines;
  }
}
