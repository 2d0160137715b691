package io.github.deepcut.report;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Attack;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.Sample;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Each sample's score under each attack, as CSV (RFC 4180): ids, no text. A higher score is more
 * like a member.
 */
public final class SampleScores {
  private SampleScores() {}

  /** Columns {@code id,part,model} and one an attack; a line a sample and model. */
  public static String csv(ThreeModels<Answers> models, List<? extends Attack> attacks) {
    StringBuilder out = new StringBuilder("id,part,model");
    attacks.forEach(a -> out.append(',').append(a.name()));
    out.append('\n');
    models.original().ifPresent(m -> add(out, "original", m, attacks));
    add(out, "unlearned", models.unlearned(), attacks);
    models.retrained().ifPresent(m -> add(out, "retrained", m, attacks));
    return out.toString();
  }

  private static void add(
      StringBuilder out, String model, Answers answers, List<? extends Attack> attacks) {
    add(out, "forget," + model, answers.forget(), attacks);
    if (answers.test() != null) {
      add(out, "unseen," + model, answers.test(), attacks);
    }
  }

  private static void add(
      StringBuilder out, String columns, Evaluation part, List<? extends Attack> attacks) {
    for (Sample s : part.samples()) {
      out.append(Csv.quoted(s.id())).append(',').append(columns);
      out.append(
          attacks.stream()
              .map(a -> String.format(Locale.ROOT, ",%.6g", a.score(s)))
              .collect(Collectors.joining()));
      out.append('\n');
    }
  }
}
