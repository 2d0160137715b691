package io.github.deepcut.report.page;

import io.github.deepcut.report.Metric;
import io.github.deepcut.report.Unit;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers and names as people read them. */
final class Words {
  static final String NONE = "\u2013";

  private static final List<String> ABBREVIATIONS =
      List.of("auc", "tpr", "f1", "js", "mia", "cka", "int8");

  private Words() {}

  /** A number with its unit, an en dash where there is none. */
  static String number(Unit unit, Value value) {
    return value == null ? NONE : number(unit, value.number());
  }

  static String number(Unit unit, OptionalDouble value) {
    return value.isPresent() ? minus(unit.format(value.getAsDouble())) : NONE;
  }

  /** {@code 47.0 to 53.8}, or an en dash. */
  static String interval(Unit unit, Interval interval) {
    return interval == null
        ? NONE
        : minus(unit.format(interval.low())) + " to " + minus(unit.format(interval.high()));
  }

  /** Three significant digits. */
  static String nats(Double loss) {
    if (loss == null) {
      return NONE;
    }
    return String.format(
        Locale.ROOT, loss >= 0.0995 ? "%.2f" : loss >= 0.00995 ? "%.3f" : "%.4f", loss);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * share) + "\u00a0%";
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n).replace(',', '\u202f');
  }

  /** A metric's name for people: {@code forget_f1} is "F1, forgotten samples". */
  static String name(Metric metric) {
    String name = metric.name();
    return switch (metric.role()) {
      case FORGET -> utility(name, "forget_") + ", forgotten samples";
      case RETAIN -> utility(name, "retain_") + ", retained samples";
      case TEST -> utility(name, "test_") + ", test samples";
      case ATTACK -> "Membership attack, AUC";
      case DOUBT, OTHER -> other(name);
    };
  }

  private static String other(String name) {
    if (name.equals(Metric.JS_DIVERGENCE_FORGET.name())) {
      return "JS divergence, forgotten samples (nats)";
    }
    if (name.equals(Metric.LOSS_DISTANCE_FORGET.name())) {
      return "Loss distance, forgotten samples (log ratio)";
    }
    return capital(spaced(name));
  }

  private static String spaced(String name) {
    String words = " " + name.replace('_', ' ') + " ";
    for (String abbreviation : ABBREVIATIONS) {
      words =
          words.replace(
              " " + abbreviation + " ", " " + abbreviation.toUpperCase(Locale.ROOT) + " ");
    }
    return words.strip().replace(" percent", "\u00a0%");
  }

  /** A metric in the middle of a sentence. */
  static String phrase(Metric metric) {
    String utility = metric.name().replaceFirst("^[a-z]+_", "").replace("f1", "F1");
    return switch (metric.role()) {
      case FORGET -> "the " + utility + " on forgotten samples";
      case RETAIN -> "the " + utility + " on retained samples";
      case TEST -> "the " + utility + " on test samples";
      case ATTACK -> "the attack's AUC";
      case DOUBT, OTHER -> spaced(metric.name());
    };
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String utility(String name, String prefix) {
    String utility = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return capital(utility);
  }

  private static String minus(String number) {
    return number.replace('-', '\u2212');
  }
}
