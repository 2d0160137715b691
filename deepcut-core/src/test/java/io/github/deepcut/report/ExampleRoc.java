package io.github.deepcut.report;

import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.RocCurve;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.RocAuc;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.stream.IntStream;

/** ROC curves of invented scores. */
final class ExampleRoc {
  private ExampleRoc() {}

  static RocCurve curve(ModelRole model, double[] members, double[] others, Bootstrap bootstrap) {
    List<RocCurve.Point> points =
        IntStream.rangeClosed(0, 24)
            .mapToDouble(i -> Math.pow(others.length, i / 24.0 - 1))
            .mapToObj(fpr -> new RocCurve.Point(fpr, tpr(members, others, fpr)))
            .toList();
    return new RocCurve(model, RocAuc.of(members, others, bootstrap), others.length, points);
  }

  private static Value tpr(double[] members, double[] others, double fpr) {
    double tpr = RocAuc.tprAtFpr(members, others, fpr).number().orElseThrow();
    long hits = Math.round(tpr * members.length);
    return Value.of(
        tpr, members.length, io.github.deepcut.stats.ClopperPearson.interval(hits, members.length));
  }
}
