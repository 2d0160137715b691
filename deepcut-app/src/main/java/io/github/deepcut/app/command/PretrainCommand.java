package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Pretraining;
import io.github.deepcut.Pretraining.Evaluated;
import io.github.deepcut.Pretraining.Pretrained;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut pretrain}. */
@Command(
    name = "pretrain",
    sortOptions = false,
    description =
        "Trains an encoder on plain text, by guessing hidden words: from random weights, or on from"
            + " where it is, to adapt it to a domain. deepcut train starts from what comes out.")
final class PretrainCommand extends AbstractCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "What to start from: an encoder, or a folder with config.json and a vocabulary alone.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      split = ",",
      paramLabel = "FILE",
      description = "Plain text, a sentence or paragraph a line; also .gz.")
  private List<Path> data;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Other text; judges each epoch, and the best one is kept.")
  private Path eval;

  @Option(
      names = "--mask-share",
      defaultValue = "0.15",
      description = "Share of the tokens to hide (default: ${DEFAULT-VALUE}).")
  private double maskShare;

  @Mixin private OutOptions out;
  @Mixin private RecipeOptions options;
  @Mixin private ResumeOptions resume;
  @Mixin private DeviceOptions device;

  @Override
  Answer answer() {
    Path[] read = Stream.concat(data.stream(), Stream.ofNullable(eval)).toArray(Path[]::new);
    Run run = run(options.seed()).on(device.chosen());
    try (OutputFolder folder = out.open(model, read)) {
      resume.prepare(folder, run);
      ModelFolder base = ModelFolder.read(model);
      Pretraining pretraining = new Pretraining(base, options.recipe(base), maskShare);
      if (!base.hasWeights()) {
        run.progress().say(model + " holds no weights: training starts from random ones");
      }
      String what = pretraining.recipe() + ", masked " + maskShare;
      Run kept = resume.stage(run, folder, "pretrain", ResumeOptions.identity(what, model, read));
      Pretrained done =
          eval == null ? pretraining.train(data, kept) : pretraining.train(data, eval, kept);
      try (var weights = done.weights()) {
        done.writeTo(folder.path(), pretraining.record(data, done));
      }
      folder.commit();
      return Answer.done(json(done), text(done));
    }
  }

  private ObjectNode json(Pretrained done) {
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "pretrain").put("seed", options.seed()).put("rows", done.rows());
    json.put("epochs", done.trained().epochs()).put("steps", done.trained().steps());
    json.put("loss", done.trained().lastLoss());
    Evaluated e = done.eval().orElse(null);
    if (e == null) {
      json.putNull("eval");
    } else {
      ObjectNode judged = json.putObject("eval").put("loss", e.loss());
      judged.put("perplexity", e.perplexity()).put("perplexity_before", e.perplexityBefore());
      judged.put("hidden_tokens", e.hidden());
    }
    json.put("tokens", done.tokensTrained()).put("seconds", done.took().toMillis() / 1000.0);
    json.put("tokens_per_second", done.tokensPerSecond());
    return json.put("out", out.path().toString());
  }

  private List<String> text(Pretrained done) {
    String trained =
        String.format(
            Locale.ROOT,
            "pretrained on %d tokens: %d epochs, %d steps, last loss %.4f, %.1f s, %.0f tokens/s",
            done.tokensTrained(),
            done.trained().epochs(),
            done.trained().steps(),
            done.trained().lastLoss(),
            done.took().toMillis() / 1000.0,
            done.tokensPerSecond());
    Evaluated e = done.eval().orElse(null);
    String judged =
        e == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; perplexity %.2f (before: %.2f) of %d hidden tokens of %s",
                e.perplexity(),
                e.perplexityBefore(),
                e.hidden(),
                eval);
    return List.of(trained + judged, "written to " + out.path());
  }
}
