package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a model says of images: the classes of each, and how many of the known labels it met. */
final class ImageAnswer {
  private ImageAnswer() {}

  static Answer of(Evaluation said) {
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "predict").put("task", Task.IMAGE.key());
    json.put("examples", said.data().size());
    int[] known =
        IntStream.range(0, said.data().size())
            .filter(i -> said.items().get(i).get(0).label() >= 0)
            .toArray();
    Double accuracy = known.length == 0 ? null : 100 * said.statistic().applyAsDouble(known);
    json.put("accuracy", accuracy);
    ArrayNode predictions = json.putArray("predictions");
    for (int i = 0; i < said.data().size(); i++) {
      LabeledImage image = (LabeledImage) said.data().examples().get(i);
      ObjectNode one = Answer.MAPPER.createObjectNode().put("id", image.id());
      predictions.add(PredictCommand.classes(one.put("true_label", image.label()), said, i));
    }
    return Answer.done(json, lines(predictions, accuracy));
  }

  /** A line for each image: id, label, probability; and the accuracy. */
  private static List<String> lines(ArrayNode predictions, Double accuracyOrNull) {
    List<String> lines = new ArrayList<>();
    for (JsonNode p : predictions) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  %s  %.3f",
              p.get("id").asText(),
              p.get("label").asText(),
              p.get("probability").asDouble()));
    }
    if (accuracyOrNull != null) {
      lines.add(
          String.format(Locale.ROOT, "accuracy %.2f %% of %d", accuracyOrNull, predictions.size()));
    }
    return lines;
  }
}
