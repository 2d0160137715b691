package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.EntityF1;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.Span;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Pace;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut predict}. */
@Command(
    name = "predict",
    sortOptions = false,
    description =
        "Says what a trained model makes of texts or images. Of --text and of text files, start and"
            + " end of an entity count characters; of tokens they count words. Of images whose"
            + " labels are known it also tells the accuracy.")
final class PredictCommand extends AbstractCommand {
  private static final int TOP = 3;
  private static final int TOKENS = 4096;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model.")
  private Path model;

  @Mixin private ImageOptions images;

  @Option(names = "--text", paramLabel = "TEXT", description = "One text.")
  private String text;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Many: .txt, one a line; .jsonl with text or tokens; or data as for training.")
  private Path input;

  @Option(
      names = "--bf16",
      description =
          "Run matrix products in bfloat16: faster where the CPU has them, probabilities are off by"
              + " its rounding.")
  private boolean bf16;

  @Mixin private DeviceOptions device;

  @Override
  Answer answer() {
    if ((text == null) == (input == null)) {
      throw new InputException("give exactly one of --text and --input");
    }
    try (FineTunedModel opened = FineTunedModel.open(model, device.chosen())) {
      Task task = opened.task();
      if (task == Task.IMAGE) {
        return images(opened);
      }
      List<Asked> asked =
          text == null ? AskedFile.read(input, task) : List.of(Asked.text(text, task, 0));
      Dataset data =
          new Dataset(
              task,
              text == null ? input.toString() : "--text",
              asked.stream().map(Asked::example).toList());
      List<? extends Input> rows = opened.encode(data);
      Run run = run(0);
      Pace pace = new Pace(run.clock());
      Predictor predictor = new Predictor(TOKENS, bf16, run.progress(), run.clock());
      Evaluation said = Evaluation.of(opened.classifier(), data, rows, predictor);
      pace.after(rows);
      ObjectNode json = Answer.MAPPER.createObjectNode();
      json.put("command", "predict").put("task", task.key());
      json.put("tokens_per_second", Math.round(pace.perSecond()));
      ArrayNode predictions = json.putArray("predictions");
      for (int i = 0; i < asked.size(); i++) {
        predictions.add(
            task == Task.NER
                ? entities(asked.get(i), said.tags(i))
                : classes(asked.get(i), said, i));
      }
      return Answer.done(json, lines(predictions));
    }
  }

  private Answer images(FineTunedModel opened) {
    if (input == null) {
      throw new InputException("--text: the model takes images; give --input");
    }
    Dataset data = images.read(input, opened).dataset();
    return ImageAnswer.of(opened.evaluate(data, run(0).progress()));
  }

  private static ObjectNode classes(Asked asked, Evaluation said, int i) {
    return classes(asked.json(), said, i);
  }

  /** Adds the most probable classes of an example. */
  static ObjectNode classes(ObjectNode json, Evaluation said, int i) {
    Prediction p = said.items().get(i).get(0);
    List<Integer> order =
        IntStream.range(0, said.labels().size())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -p.logProbabilities()[c]))
            .limit(TOP)
            .toList();
    json.put("label", said.labels().get(order.get(0)));
    json.put("probability", probability(p, order.get(0)));
    ArrayNode top = json.putArray("top");
    order.forEach(
        c ->
            top.addObject()
                .put("label", said.labels().get(c))
                .put("probability", probability(p, c)));
    return json;
  }

  private static double probability(Prediction p, int c) {
    return Math.min(1, Math.exp(p.logProbabilities()[c]));
  }

  private static ObjectNode entities(Asked asked, List<String> tags) {
    ObjectNode json = asked.json();
    ArrayNode entities = json.putArray("entities");
    for (Span span : EntityF1.spans(tags)) {
      entities
          .addObject()
          .put("type", span.type())
          .put("text", asked.surface(span))
          .put("start", asked.start(span))
          .put("end", asked.end(span));
    }
    return json;
  }

  private static List<String> lines(ArrayNode predictions) {
    List<String> lines = new ArrayList<>();
    for (JsonNode p : predictions) {
      lines.add(p.has("text") ? p.get("text").asText() : words(p.get("tokens")));
      for (JsonNode t : p.path("top")) {
        double probability = t.get("probability").asDouble();
        lines.add(String.format(Locale.ROOT, "  %.3f  %s", probability, t.get("label").asText()));
      }
      for (JsonNode e : p.path("entities")) {
        lines.add("  " + e.get("type").asText() + ": " + e.get("text").asText());
      }
    }
    return lines;
  }

  private static String words(JsonNode tokens) {
    return StreamSupport.stream(tokens.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(" "));
  }
}
