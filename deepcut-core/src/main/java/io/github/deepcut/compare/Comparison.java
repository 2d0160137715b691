package io.github.deepcut.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.report.AverageGap;
import io.github.deepcut.report.Collapse;
import io.github.deepcut.report.Measurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Several methods on one original model and one request, with one budget of trials for each.
 *
 * <p>Tuning: each method is tried with its defaults and with {@code trials - 1} settings drawn from
 * its search space; the settings with the least average gap to the first reference, measured on D_v
 * in the place of D_t, are kept. Then each seed is run once with them and measured on D_t, which
 * the tuning has not seen.
 *
 * @param erasure the request, with D_v and D_t
 * @param trials 0 or 1: the defaults, untuned
 * @param references a model trained without D_f for each seed
 */
public record Comparison(
    Erasure erasure, SearchSpace space, int trials, List<Reference> references, GridFolder folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A model trained without D_f.
   *
   * @param seed of its training, and of the runs that are held against it
   * @param ask what it says of data
   * @param seconds that its training took; empty where that is not known
   */
  public record Reference(long seed, Function<Dataset, Evaluation> ask, OptionalDouble seconds) {}

  public Comparison {
    references = List.copyOf(references);
    if (references.isEmpty()) {
      throw new InputException("no retrained model to compare with, expected one for each seed");
    }
    if (trials < 0) {
      throw new InputException("--trials is " + trials + ", expected >= 0");
    }
    if (erasure.unseen().heldOut().isEmpty() || erasure.unseen().test().isEmpty()) {
      throw new InputException("compare needs --holdout to tune on and --eval to measure on");
    }
  }

  /** Runs what is not in the folder yet. */
  public Standings run(List<String> methods, Run run) {
    methods.forEach(Methods::known);
    long cells = (long) methods.size() * ((trials > 1 ? trials : 0) + references.size());
    Map<Long, Judge> judges = new TreeMap<>();
    references.forEach(r -> judges.put(r.seed(), new Judge(erasure, r)));
    try (var stage = run.progress().stage("compare", cells)) {
      List<ObjectNode> runs = new ArrayList<>();
      for (String method : methods) {
        Map<String, String> settings = tune(method, run, stage);
        for (Reference r : references) {
          runs.add(cell(method, settings, judges.get(r.seed()), run.withSeed(r.seed())));
          stage.step(method + ", seed " + r.seed());
        }
      }
      return Standings.of(runs, bounds(judges));
    }
  }

  /** The best settings of a method on D_v. */
  private Map<String, String> tune(String method, Run run, Progress.Stage stage) {
    if (trials <= 1) {
      return Map.of();
    }
    Dataset heldOut = erasure.unseen().heldOut().orElseThrow();
    Erasure onHeldOut = new Erasure(erasure.model(), erasure.split(), heldOut, heldOut);
    Judge judge = new Judge(onHeldOut, references.get(0));
    Run seeded = run.withSeed(references.get(0).seed());
    Map<String, String> best = Map.of();
    double least = Double.POSITIVE_INFINITY;
    for (int t = 0; t < trials; t++) {
      var random = run.withSeed(0).random("trial " + t + " of " + method);
      Map<String, String> settings = t == 0 ? Map.of() : space.draw(method, random);
      ObjectNode trial =
          folder.result("trials/" + method + "-" + t, () -> judge.run(method, settings, seeded));
      stage.step("tuning " + method);
      double gap = trial.path("average_gap").asDouble(Double.POSITIVE_INFINITY);
      if (gap < least) {
        least = gap;
        best = settings;
      }
    }
    return best;
  }

  private ObjectNode cell(String method, Map<String, String> settings, Judge judge, Run run) {
    return folder.result(
        "runs/" + method + "-seed-" + run.seed(), () -> judge.run(method, settings, run));
  }

  /** What bounds every gap: the references against each other, and the original. */
  private List<ObjectNode> bounds(Map<Long, Judge> judges) {
    List<ObjectNode> out = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      Judge judge = judges.get(references.get(i).seed());
      out.add(
          folder.result(
              "bounds/original-seed-" + references.get(i).seed(),
              () -> judge.of(Standings.NOTHING, judge.original())));
      Reference other = references.get((i + 1) % references.size());
      if (references.size() > 1) {
        out.add(
            folder.result(
                "bounds/retrained-seed-" + references.get(i).seed(),
                () -> judge.of(Standings.FLOOR, judge.parts().ask(other.ask()))));
      }
    }
    return out;
  }

  /** Runs and measures against one reference; what others say is asked once. */
  private static final class Judge {
    private final Erasure erasure;
    private final Reference reference;
    private final Answers.Parts parts;
    private Answers original;
    private Answers retrained;

    Judge(Erasure erasure, Reference reference) {
      this.erasure = erasure;
      this.reference = reference;
      this.parts = erasure.parts(Run.of(reference.seed()));
    }

    Answers.Parts parts() {
      return parts;
    }

    Answers original() {
      if (original == null) {
        original = parts.ask(data -> erasure.model().evaluate(data, Progress.silent()));
      }
      return original;
    }

    private List<Row> rows(Answers unlearned, Run run) {
      if (retrained == null) {
        retrained = parts.ask(reference.ask());
      }
      Measurement measurement =
          new Measurement(original(), retrained, null, erasure.split().forgottenClasses());
      return measurement.rows(unlearned, run.random("bootstrap"));
    }

    /** One run's report, or why there is none: a method may not be defined for the request. */
    ObjectNode run(String method, Map<String, String> settings, Run run) {
      ObjectNode out;
      try {
        Methods.Choice choice = erasure.method(method, settings);
        try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), run)) {
          var header = new RunReport.Header(method, reference.seconds());
          List<Row> rows = rows(parts.ask(erased::evaluate), run);
          RunReport report = erasure.report(header, erased, rows, run);
          out = report.toJson(JSON);
          out.put("collapsed", Collapse.DEFAULT.in(rows).orElse(null));
        }
      } catch (InputException | IllegalStateException e) {
        out = JSON.createObjectNode().put("method", method).put("seed", run.seed());
        out.put("failed", e.getMessage());
      }
      out.set("settings", JSON.valueToTree(new LinkedHashMap<>(settings)));
      return out;
    }

    /** The measurement of a model that no method made. */
    ObjectNode of(String name, Answers model) {
      Run run = Run.of(reference.seed());
      ObjectNode out = JSON.createObjectNode().put("method", name).put("seed", reference.seed());
      ObjectNode metrics = out.putObject("metrics");
      List<Row> rows = rows(model, run);
      rows.forEach(r -> metrics.set(r.metric().name(), r.toJson(JSON)));
      AverageGap.of(rows).number().ifPresent(gap -> out.put("average_gap", gap));
      return out;
    }
  }
}
