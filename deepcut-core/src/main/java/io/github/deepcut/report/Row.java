package io.github.deepcut.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One metric of the original, the unlearned and the retrained model, in the metric's unit (percent
 * for rates). The yardstick is the gap |unlearned - retrained|.
 *
 * @param original null where there was no original model
 * @param retrained null where there was no retrained model
 * @param difference the interval of unlearned - retrained, or null
 * @param headroom the interval of original - retrained, or null
 * @param floor the gap between two retrained models of different seeds, or null
 * @param halved the share of paired draws in which at most half of the original's gap is left: see
 *     {@link io.github.deepcut.audit.Halved}; null where it was not drawn
 */
public record Row(
    Metric metric,
    Value original,
    Value unlearned,
    Value retrained,
    Interval difference,
    Interval headroom,
    Double floor,
    Double halved) {
  public Row {
    Objects.requireNonNull(unlearned, "unlearned");
  }

  /** A row of values as the metric gave them: rates in [0, 1]. */
  public static Row of(Metric metric, Value original, Value unlearned, Value retrained) {
    double scale = metric.unit().scale();
    return new Row(
        metric,
        original == null ? null : original.times(scale),
        unlearned.times(scale),
        retrained == null ? null : retrained.times(scale),
        null,
        null,
        null,
        null);
  }

  /** With the interval of unlearned - retrained, as the metric gave it. */
  public Row withDifference(Value value) {
    return new Row(metric, original, unlearned, retrained, scaled(value), headroom, floor, halved);
  }

  /** With the interval of original - retrained, as the metric gave it. */
  public Row withHeadroom(Value value) {
    return new Row(
        metric, original, unlearned, retrained, difference, scaled(value), floor, halved);
  }

  /** With the gap between two retrained models, as the metric gave it. */
  public Row withFloor(double gap) {
    double scaled = gap * metric.unit().scale();
    return new Row(metric, original, unlearned, retrained, difference, headroom, scaled, halved);
  }

  /** With the share of draws in which at most half of the original's gap is left. */
  public Row withHalved(double share) {
    return new Row(metric, original, unlearned, retrained, difference, headroom, floor, share);
  }

  /** unlearned - retrained; empty where either is missing. */
  public OptionalDouble signedGap() {
    return minus(unlearned, retrained);
  }

  /** |unlearned - retrained|; empty where either is missing. */
  public OptionalDouble gap() {
    return absolute(signedGap());
  }

  /** |original - retrained|, the gap of doing nothing; empty where either is missing. */
  public OptionalDouble ceiling() {
    return absolute(minus(original, retrained));
  }

  /** Why values of this row are undefined, each reason once. */
  Stream<String> undefined() {
    return Stream.of(original, unlearned, retrained)
        .filter(Value.Undefined.class::isInstance)
        .map(v -> metric.name() + " is undefined: " + ((Value.Undefined) v).reason())
        .distinct();
  }

  /** The row as a JSON object of its own. */
  public ObjectNode toJson(ObjectMapper mapper) {
    ObjectNode json = mapper.createObjectNode();
    writeTo(json);
    return json;
  }

  /**
   * Writes the row: {@code low} and {@code high} are the interval of the unlearned value. {@code
   * gap_low} and {@code gap_high}, the interval of the gap, and {@code floor} with {@code ceiling}
   * are there where they are known; so is {@code halved}, a share.
   */
  void writeTo(ObjectNode json) {
    Optional<Interval> interval = unlearned.interval();
    put(json, "original", number(original));
    put(json, "unlearned", number(unlearned));
    put(json, "retrained", number(retrained));
    put(json, "gap", gap());
    json.put("n", unlearned.n());
    json.put("low", interval.map(Interval::low).orElse(null));
    json.put("high", interval.map(Interval::high).orElse(null));
    if (difference != null) {
      json.put("gap_low", difference.absolute().low());
      json.put("gap_high", difference.absolute().high());
    }
    if (halved != null) {
      json.put("halved", halved);
    }
    if (floor != null) {
      json.put("floor", floor);
      put(json, "ceiling", ceiling());
    }
  }

  static OptionalDouble number(Value value) {
    return value == null ? OptionalDouble.empty() : value.number();
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    json.put(field, Numbers.orNull(value));
  }

  private static OptionalDouble minus(Value a, Value b) {
    OptionalDouble x = number(a);
    OptionalDouble y = number(b);
    return x.isPresent() && y.isPresent()
        ? OptionalDouble.of(x.getAsDouble() - y.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble absolute(OptionalDouble x) {
    return x.isPresent() ? OptionalDouble.of(Math.abs(x.getAsDouble())) : x;
  }

  private Interval scaled(Value value) {
    return value.times(metric.unit().scale()).interval().orElse(null);
  }
}
