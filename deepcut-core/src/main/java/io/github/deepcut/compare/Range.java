package io.github.deepcut.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;

/** The values that one setting may take in a tuning. */
public sealed interface Range {

  /** One of them, as it is written after {@code --set}. */
  String draw(SplittableRandom random);

  /** Any of a list, all alike. */
  record Choice(List<String> values) implements Range {
    public Choice {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new InputException("a list of no values, expected at least one");
      }
    }

    @Override
    public String draw(SplittableRandom random) {
      return values.get(random.nextInt(values.size()));
    }
  }

  /** Between two numbers, its logarithm uniform. */
  record LogUniform(double low, double high) implements Range {
    public LogUniform {
      if (!(low > 0) || !(high > low) || Double.isInfinite(high)) {
        throw new InputException(
            "a logarithmic range from " + low + " to " + high + ", expected 0 < from < to");
      }
    }

    @Override
    public String draw(SplittableRandom random) {
      double value = low * Math.pow(high / low, random.nextDouble());
      return String.format(Locale.ROOT, "%.4g", value);
    }
  }

  /** From JSON: a list of values, or {@code {"log": [low, high]}}. */
  static Range of(JsonNode json) {
    if (json.isArray()) {
      return new Choice(
          StreamSupport.stream(json.spliterator(), false).map(JsonNode::asText).toList());
    }
    JsonNode log = json.path("log");
    if (log.size() != 2 || !log.get(0).isNumber() || !log.get(1).isNumber()) {
      throw new InputException(
          json + " is no range, expected [value, …] or {\"log\": [low, high]}");
    }
    return new LogUniform(log.get(0).asDouble(), log.get(1).asDouble());
  }
}
