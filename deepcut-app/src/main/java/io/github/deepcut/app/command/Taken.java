package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.Progress;

/** Names what a request takes, for the eyes of who asked: values may be somebody's name. */
final class Taken {
  private Taken() {}

  /** Says it before anything is done. */
  static void say(ForgetSplit split, Progress progress) {
    progress.say(split.describe());
    split.taken().forEach(line -> progress.say("  " + line));
  }

  /** The report with {@code taken} in it; the certificate's has none. */
  static ObjectNode json(RunReport report, ForgetSplit split) {
    ObjectNode json = report.toJson(Answer.MAPPER);
    ObjectNode taken = json.putObject("taken");
    ArrayNode ids = taken.putArray("first_ids");
    split.firstIds().forEach(ids::add);
    ObjectNode columns = taken.putObject("columns");
    split
        .values()
        .forEach(
            (name, values) -> {
              ObjectNode column = columns.putObject(name).put("distinct", values.size());
              ArrayNode first = column.putArray("first");
              ForgetSplit.first(values)
                  .forEach(
                      e -> first.addObject().put("value", e.getKey()).put("rows", e.getValue()));
            });
    return json;
  }
}
