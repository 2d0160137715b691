package io.github.deepcut.examination;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.ShadowMetrics;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.Population;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What shadow models tell of the models of an audit: LiRA with {@value #LIRA} or more of them, IAM
 * where there is an original, U-LiRA where they have unlearned.
 *
 * @param forget positions of the forgotten samples in the training data
 */
public record ShadowAudit(ThreeModels<? extends Examinee> models, int[] forget) {
  private static final int LIRA = 4;

  /**
   * What was found.
   *
   * @param shadows how many models
   * @param attacks by likelihood ratio, on each audited model
   */
  public record Outcome(
      int shadows, List<Row> rows, List<ThreeModels<ShadowAttack.Result>> attacks) {

    /** Which tests there are, of how many models and samples. */
    public ObjectNode toJson(ObjectMapper mapper) {
      ObjectNode json = mapper.createObjectNode().put("models", shadows);
      var tests = json.putArray("tests");
      attacks.forEach(a -> tell(tests.addObject(), a.unlearned()));
      return json;
    }

    private static void tell(ObjectNode json, ShadowAttack.Result result) {
      json.put("test", result.test().text()).put("never_seen", result.others());
      put(json, "models_with_each", result, ShadowAttack.Found::with);
      put(json, "models_without_each", result, ShadowAttack.Found::without);
    }

    private static void put(
        ObjectNode json,
        String name,
        ShadowAttack.Result result,
        ToIntFunction<ShadowAttack.Found> of) {
      var range = result.forgotten().stream().mapToInt(of).summaryStatistics();
      json.putArray(name).add(range.getMin()).add(range.getMax());
    }

    /** A line for each test and forgotten sample: what the audited model's log ratio is. */
    public String csv() {
      return attacks.stream()
          .map(ThreeModels::unlearned)
          .flatMap(
              r ->
                  r.forgotten().stream()
                      .map(
                          f ->
                              "%s,\"%s\",%s,%d,%d%n"
                                  .formatted(
                                      r.test().text(),
                                      f.id().replace("\"", "\"\""),
                                      f.logRatio(),
                                      f.with(),
                                      f.without())))
          .collect(Collectors.joining("", "test,id,log_ratio,models_with,models_without\n", ""));
    }
  }

  /**
   * Attacks.
   *
   * @param unlearnedOrNull what the same models say once they have unlearned
   * @throws InputException if there are too few shadow models for any test
   */
  public Outcome outcome(ShadowAnswers answers, ShadowAnswers unlearnedOrNull, Run run) {
    Bootstrap bootstrap = new Bootstrap(run.random("shadow attacks"));
    int n = answers.shadows().size();
    if (n < LIRA && models.original().isEmpty()) {
      throw new InputException(
          "--shadows %d: IAM needs --original, and LiRA %d or more".formatted(n, LIRA));
    }
    List<Row> rows = new ArrayList<>();
    List<ThreeModels<ShadowAttack.Result>> attacks = new ArrayList<>();
    if (n >= LIRA) {
      attacks.add(on(answers.lira(forget), forgotten(answers), answers.population(), bootstrap));
    }
    if (unlearnedOrNull != null) {
      Population targets = unlearnedOrNull.population();
      attacks.add(on(unlearnedOrNull.uLira(), targets.train(), targets, bootstrap));
    }
    attacks.forEach(a -> rows.addAll(rows(a)));
    if (models.original().isPresent()) {
      rows.add(iam(answers, bootstrap));
    }
    return new Outcome(n, rows, attacks);
  }

  private Dataset forgotten(ShadowAnswers answers) {
    return answers.population().train().select(forget);
  }

  private ThreeModels<ShadowAttack.Result> on(
      ShadowAttack attack, Dataset forgotten, Population never, Bootstrap bootstrap) {
    return models.map(m -> attack.on(logOdds(m, forgotten), logOdds(m, never.eval()), bootstrap));
  }

  private static List<Row> rows(ThreeModels<ShadowAttack.Result> attack) {
    ShadowAttack.Test test = attack.unlearned().test();
    List<Row> rows = new ArrayList<>();
    rows.add(attack.row(ShadowMetrics.auc(test), ShadowAttack.Result::auc));
    for (int i = 0; i < ShadowAttack.RATES.size(); i++) {
      int at = i;
      double rate = ShadowAttack.RATES.get(i);
      rows.add(attack.row(ShadowMetrics.tpr(test, rate), r -> r.tpr().get(at)));
    }
    return rows;
  }

  private Row iam(ShadowAnswers answers, Bootstrap bootstrap) {
    ThreeModels<double[]> on = models.map(m -> logOdds(m, forgotten(answers)));
    var iam = answers.iam(forget, on.original().orElseThrow());
    return on.row(ShadowMetrics.IAM, x -> iam.mean(x, bootstrap));
  }

  private static double[] logOdds(Examinee model, Dataset data) {
    return LogOdds.examples(
        model.evaluate(model.classifier(), data, io.github.deepcut.run.Progress.silent()));
  }
}
