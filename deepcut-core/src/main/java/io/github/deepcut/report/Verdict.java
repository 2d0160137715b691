package io.github.deepcut.report;

/**
 * What the evidence says.
 *
 * @param because one sentence, without its full stop
 */
public record Verdict(Outcome outcome, String because) {
  /** The same with one more reason. */
  public Verdict and(String reason) {
    return new Verdict(outcome, because + "; " + reason);
  }

  /** The three answers. */
  public enum Outcome {
    FORGOTTEN("forgotten"),
    NOT_FORGOTTEN("not forgotten"),
    INCONCLUSIVE("inconclusive");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** As JSON has it. */
    public String text() {
      return text;
    }
  }
}
