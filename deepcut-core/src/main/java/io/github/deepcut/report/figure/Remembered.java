package io.github.deepcut.report.figure;

/**
 * A forgotten sample, and how well the models still know it.
 *
 * @param label its class, or its tags' types
 * @param text null where it is not to be shown
 * @param original its loss under the original in nats, null where there is none
 * @param unlearned its loss under the model under audit
 * @param retrained its loss under the retrained model, null where there is none
 * @param above the share of unseen samples of its class with a higher loss: near 1 it looks known
 */
public record Remembered(
    String id,
    String label,
    String text,
    Double original,
    double unlearned,
    Double retrained,
    double above) {

  /** Without its text. */
  public Remembered redacted() {
    return new Remembered(id, label, null, original, unlearned, retrained, above);
  }
}
