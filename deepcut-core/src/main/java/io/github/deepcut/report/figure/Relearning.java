package io.github.deepcut.report.figure;

import io.github.deepcut.stats.Value;
import java.util.List;

/**
 * How fast forgotten samples are learnt again when a model is fine-tuned on a few of them. What
 * comes back faster than in a retrained model was hidden rather than forgotten.
 *
 * @param samples fine-tuned on
 * @param target the original's mean loss on them, in nats
 */
public record Relearning(long samples, double target, List<Curve> curves) {
  public Relearning {
    curves = List.copyOf(curves);
  }

  /** The mean loss after each number of steps. */
  public record Curve(ModelRole model, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** A mean loss in nats, with its interval. */
  public record Point(long step, Value loss) {}
}
