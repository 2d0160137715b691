package io.github.deepcut.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Copies;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of one run, as the command line prints it.
 *
 * @param command {@code unlearn}, {@code audit} or {@code demo}
 * @param method the method's name, or null where the run unlearned nothing
 * @param task {@code classify}, {@code ner} or {@code image}
 * @param rows the metrics, in order
 * @param passes passes over the forgotten samples, or null where the run unlearned nothing
 * @param steps optimiser steps, or null likewise
 * @param stoppedBy the rule that ended it, or null likewise
 * @param out the folder of the results
 */
public record RunReport(
    String command,
    String method,
    String task,
    long seed,
    Examples examples,
    List<Row> rows,
    Long passes,
    Long steps,
    String stoppedBy,
    Seconds seconds,
    Verdict verdict,
    String out) {
  public RunReport {
    rows = List.copyOf(rows);
    List<String> names = rows.stream().map(r -> r.metric().name()).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("metrics " + names + ": expected each name once");
    }
  }

  /** The same with more rows and the verdict that they leave. */
  public RunReport with(List<Row> more, Verdict verdict) {
    return new RunReport(
        command,
        method,
        task,
        seed,
        examples,
        Stream.concat(rows.stream(), more.stream()).toList(),
        passes,
        steps,
        stoppedBy,
        seconds,
        verdict,
        out);
  }

  /**
   * How many examples each part has.
   *
   * @param holdout without copies of those to forget, like {@code test}
   * @param copies what is in more than one part; null where that was not looked for
   */
  public record Examples(long forget, long retain, long holdout, long test, Copies copies) {}

  /**
   * How long the parts took.
   *
   * @param unlearn null where the run unlearned nothing
   * @param original training the original model, or null where it was given
   * @param retrain retraining, or null where it was not done
   * @param index reading the training data whole, its fingerprint, and finding what to forget in
   *     it; null where that is not told
   */
  public record Seconds(Double unlearn, Double original, Double retrain, Double index) {}

  /** The mean gap in percentage points over forget, retain, test and attack, or why not. */
  public Value averageGap() {
    return AverageGap.of(rows);
  }

  /** One sentence: the verdict's reason, and why whatever is undefined is so. */
  public String because() {
    Stream<String> undefined = rows.stream().flatMap(Row::undefined);
    Stream<String> noGap =
        averageGap() instanceof Value.Undefined none ? Stream.of(none.reason()) : Stream.empty();
    return Stream.of(Stream.of(verdict.because()), undefined, noGap)
        .flatMap(s -> s)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** The run as one JSON object; what is undefined is null, and {@code because} says why. */
  public ObjectNode toJson(ObjectMapper mapper) {
    ObjectNode json = mapper.createObjectNode();
    json.put("command", command).put("method", method).put("task", task).put("seed", seed);
    json.putObject("examples")
        .put("forget", examples.forget())
        .put("retain", examples.retain())
        .put("holdout", examples.holdout())
        .put("test", examples.test())
        .set("copies", mapper.valueToTree(examples.copies()));
    ObjectNode metrics = json.putObject("metrics");
    rows.forEach(row -> row.writeTo(metrics.putObject(row.metric().name())));
    OptionalDouble averageGap = averageGap().number();
    json.put("average_gap", averageGap.isPresent() ? (Double) averageGap.getAsDouble() : null);
    json.put("passes", passes).put("steps", steps).put("stopped_by", stoppedBy);
    json.putObject("seconds")
        .put("unlearn", seconds.unlearn())
        .put("original", seconds.original())
        .put("retrain", seconds.retrain())
        .put("index", seconds.index());
    json.put("verdict", verdict.outcome().text()).put("because", because()).put("out", out);
    return json;
  }
}
