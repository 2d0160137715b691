package io.github.deepcut.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.Remembered;
import io.github.deepcut.report.figure.RocCurve;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * An audit as one JSON object: the run's own object, and in it {@code figures}, {@code
 * method_record} and {@code provenance}. A missing part is {@code {"missing": "why"}}.
 */
public record AuditJson(ObjectMapper mapper) {

  /** All of it. */
  public ObjectNode of(AuditReport report) {
    ObjectNode json = report.run().toJson(mapper);
    json.set("figures", figures(report.figures()));
    part(json, "method_record", report.method(), this::facts);
    json.set("provenance", facts(report.provenance()));
    return json;
  }

  /** What is drawn. */
  public ObjectNode figures(Figures figures) {
    ObjectNode json = mapper.createObjectNode();
    part(json, "losses", figures.losses(), this::losses);
    part(json, "roc", figures.roc(), list(AuditJson::roc));
    part(json, "projection", figures.projection(), this::projection);
    part(json, "classes", figures.classes(), list(AuditJson::gap));
    part(json, "relearning", figures.relearning(), this::relearning);
    part(json, "worst", figures.worst(), list(AuditJson::remembered));
    return json;
  }

  private <T> void part(
      ObjectNode json,
      String name,
      Part<T> part,
      Function<T, ? extends com.fasterxml.jackson.databind.JsonNode> write) {
    if (part instanceof Part.Missing<T> missing) {
      json.putObject(name).put("missing", missing.reason());
    } else {
      json.set(name, write.apply(part.found().orElseThrow()));
    }
  }

  private <T> Function<List<T>, ArrayNode> list(BiConsumer<ObjectNode, T> write) {
    return values -> {
      ArrayNode array = mapper.createArrayNode();
      values.forEach(v -> write.accept(array.addObject(), v));
      return array;
    };
  }

  private ArrayNode facts(List<Fact> facts) {
    return this.<Fact>list((json, f) -> json.put("name", f.name()).put("value", f.value()))
        .apply(facts);
  }

  private ObjectNode losses(LossHistograms losses) {
    ObjectNode json = mapper.createObjectNode();
    losses.edges().forEach(json.putArray("edges")::add);
    ArrayNode models = json.putArray("models");
    for (LossHistograms.Counts counts : losses.models()) {
      ObjectNode model = models.addObject().put("model", counts.model().key());
      counts.forgotten().forEach(model.putArray("forgotten")::add);
      counts.unseen().forEach(model.putArray("unseen")::add);
    }
    return json;
  }

  private static void roc(ObjectNode json, RocCurve curve) {
    json.put("model", curve.model().key()).put("others", curve.others());
    value(json, "auc", curve.auc());
    ArrayNode points = json.putArray("points");
    for (RocCurve.Point p : curve.points()) {
      value(points.addObject().put("fpr", p.fpr()), "tpr", p.tpr());
    }
  }

  private ObjectNode projection(Projection projection) {
    ObjectNode json = mapper.createObjectNode();
    projection.explained().forEach(json.putArray("explained")::add);
    ArrayNode points = json.putArray("points");
    for (Projection.Point p : projection.points()) {
      String group = p.group() == Projection.Group.FORGOTTEN ? "forgotten" : "retained";
      points
          .addObject()
          .put("model", p.model().key())
          .put("group", group)
          .put("id", p.id())
          .put("x", p.x())
          .put("y", p.y());
    }
    ArrayNode paths = json.putArray("paths");
    for (Projection.Path path : projection.paths()) {
      ArrayNode places = paths.addObject().put("id", path.id()).putArray("places");
      path.places().forEach(at -> places.addObject().put("x", at.x()).put("y", at.y()));
    }
    return json;
  }

  private static void gap(ObjectNode json, ClassGap gap) {
    json.put("name", gap.name()).put("metric", gap.row().metric().name());
    gap.row().writeTo(json);
  }

  private ObjectNode relearning(Relearning relearning) {
    ObjectNode json = mapper.createObjectNode();
    json.put("samples", relearning.samples()).put("target", relearning.target());
    ArrayNode curves = json.putArray("curves");
    for (Relearning.Curve curve : relearning.curves()) {
      ArrayNode points = curves.addObject().put("model", curve.model().key()).putArray("points");
      curve
          .points()
          .forEach(p -> value(points.addObject().put("step", p.step()), "loss", p.loss()));
    }
    return json;
  }

  private static void remembered(ObjectNode json, Remembered sample) {
    json.put("id", sample.id())
        .put("label", sample.label())
        .put("text", sample.text())
        .put("original", sample.original())
        .put("unlearned", sample.unlearned())
        .put("retrained", sample.retrained())
        .put("above", sample.above());
  }

  /** {@code name}, {@code low} and {@code high}; null where undefined. */
  private static void value(ObjectNode json, String name, Value value) {
    json.put(name, Numbers.orNull(value.number()));
    json.put("low", value.interval().map(Interval::low).orElse(null));
    json.put("high", value.interval().map(Interval::high).orElse(null));
  }
}
