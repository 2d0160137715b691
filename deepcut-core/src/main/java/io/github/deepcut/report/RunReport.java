package io.github.deepcut.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Copies;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.provenance.SiblingsUsed;
import io.github.deepcut.stats.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of one run, as the command line prints it.
 *
 * @param command {@code unlearn}, {@code audit} or {@code demo}
 * @param how the unlearning; empty where the run unlearned nothing
 * @param task {@code classify}, {@code ner} or {@code image}
 * @param rows the metrics, in order
 * @param out the folder of the results; empty where nothing was written
 */
public record RunReport(
    String command,
    Optional<How> how,
    String task,
    long seed,
    Examples examples,
    List<Row> rows,
    Seconds seconds,
    Verdict verdict,
    Optional<String> out) {
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
        how,
        task,
        seed,
        examples,
        Stream.concat(rows.stream(), more.stream()).toList(),
        seconds,
        verdict,
        out);
  }

  /**
   * How a model was unlearned.
   *
   * @param method its name
   * @param passes over the forgotten samples
   * @param steps of the optimiser
   * @param stoppedBy the rule that ended it
   * @param siblings those that were at hand; empty where there were none
   */
  public record How(
      String method, long passes, long steps, String stoppedBy, Optional<Siblings> siblings) {
    /** Without siblings. */
    public How(String method, long passes, long steps, String stoppedBy) {
      this(method, passes, steps, stoppedBy, Optional.empty());
    }
  }

  /**
   * Siblings that knew of the rows to forget.
   *
   * @param which they are
   * @param used whether the targets are from them
   * @param gone share of the training rows that were forgotten since they were trained, 0 to 1
   * @param seconds that they took to train, once for all requests
   */
  public record Siblings(SiblingsUsed which, boolean used, double gone, double seconds) {
    ObjectNode toJson(ObjectMapper mapper) {
      ObjectNode json = mapper.createObjectNode();
      json.put("unit", which.unit()).put("folds", which.folds()).put("rounds", which.rounds());
      json.put("seed", which.seed()).put("misfit_percent", which.misfitPercent()).put("used", used);
      return json.put("gone", gone).put("seconds", seconds);
    }
  }

  /**
   * What a run that unlearned says of itself besides its figures.
   *
   * @param command {@code unlearn} or {@code demo}
   * @param retrainSeconds empty where nothing was retrained
   * @param indexSeconds that reading the training data and finding what to forget took; empty where
   *     that is not told
   * @param out what the run wrote; empty where it wrote nothing
   */
  public record Header(
      String command,
      String method,
      OptionalDouble retrainSeconds,
      OptionalDouble indexSeconds,
      Optional<Path> out) {

    /** Of a run that wrote nothing. */
    public Header(String method, OptionalDouble retrainSeconds) {
      this("unlearn", method, retrainSeconds, OptionalDouble.empty(), Optional.empty());
    }
  }

  /**
   * How many examples each part has.
   *
   * @param holdout without copies of those to forget, like {@code test}
   * @param copies what is in more than one part; empty where that was not looked for
   */
  public record Examples(
      long forget, long retain, long holdout, long test, Optional<Copies> copies) {

    /** Of a request, and of what was never trained on. */
    public static Examples of(ForgetSplit split, Unseen unseen) {
      return new Examples(
          split.forget().length,
          split.retain().length,
          unseen.heldOut().map(Dataset::size).orElse(0),
          unseen.test().map(Dataset::size).orElse(0),
          Optional.of(unseen.copies()));
    }
  }

  /**
   * How long the parts took, in seconds.
   *
   * @param unlearn empty where the run unlearned nothing
   * @param original training the original model; empty where it was given
   * @param retrain retraining; empty where it was not done
   * @param index reading the training data whole, its fingerprint, and finding what to forget in
   *     it; empty where that is not told
   */
  public record Seconds(
      OptionalDouble unlearn,
      OptionalDouble original,
      OptionalDouble retrain,
      OptionalDouble index) {
    /** Of a run that unlearned nothing. */
    public static final Seconds NONE =
        new Seconds(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
  }

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
    json.put("command", command).put("method", how.map(How::method).orElse(null));
    json.put("task", task).put("seed", seed);
    json.putObject("examples")
        .put("forget", examples.forget())
        .put("retain", examples.retain())
        .put("holdout", examples.holdout())
        .put("test", examples.test())
        .set("copies", mapper.valueToTree(examples.copies().orElse(null)));
    ObjectNode metrics = json.putObject("metrics");
    rows.forEach(row -> row.writeTo(metrics.putObject(row.metric().name())));
    json.put("average_gap", Numbers.orNull(averageGap().number()));
    json.put("passes", how.map(How::passes).orElse(null));
    json.put("steps", how.map(How::steps).orElse(null));
    json.put("stopped_by", how.map(How::stoppedBy).orElse(null));
    json.set("siblings", how.flatMap(How::siblings).map(s -> s.toJson(mapper)).orElse(null));
    json.putObject("seconds")
        .put("unlearn", Numbers.orNull(seconds.unlearn()))
        .put("original", Numbers.orNull(seconds.original()))
        .put("retrain", Numbers.orNull(seconds.retrain()))
        .put("index", Numbers.orNull(seconds.index()));
    json.put("verdict", verdict.outcome().text()).put("because", because());
    return json.put("out", out.orElse(null));
  }
}
