package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.folder.ImageModels;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Trainer.Trained;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut train}. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Fine-tunes an encoder: a bare one, a fine-tuned one, or a folder with config.json and a"
            + " vocabulary alone, which starts from random weights. Or trains an image model: of a"
            + " folder, or a new one of a named architecture. With --shards it is an ensemble that"
            + " can be unlearned exactly.")
final class TrainCommand extends AbstractCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description =
          "What to start from; for images also the name cnn, resnet8, resnet20, resnet18, resnet34,"
              + " resnet50 or resnet101.")
  private Path model;

  @Option(names = "--data", required = true, paramLabel = "FILE", description = "Training data.")
  private Path data;

  @Option(
      names = "--task",
      required = true,
      converter = Tasks.class,
      paramLabel = "TASK",
      description = "classify, ner or image.")
  private Task task;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Judges each epoch; the best one is kept.")
  private Path eval;

  @Mixin private ImageOptions images;
  @Mixin private OutOptions out;
  @Mixin private RecipeOptions options;
  @Mixin private ShardOptions shards;
  @Mixin private ResumeOptions resume;
  @Mixin private DeviceOptions device;
  @Mixin private TrainedSiblings siblings;

  @Override
  Answer answer() {
    shards.check(eval, resume);
    siblings.check(shards.wanted(), eval != null);
    Run run = run(options.seed()).on(device.chosen());
    try (OutputFolder folder = out.open(model, data, eval)) {
      resume.prepare(folder, run);
      ModelFolder base = start();
      FineTuning tuning = new FineTuning(base, options.recipe(base, images.size()));
      Table table = images.read(data, task);
      Dataset rows = table.dataset();
      siblings.check(table);
      if (!base.hasWeights()) {
        run.progress().say(model + " holds no weights: training starts from random ones");
      }
      if (shards.wanted()) {
        return EnsembleAnswer.of(shards.training(tuning, rows, data), folder, run);
      }
      var identity = ResumeOptions.identity(tuning.recipe().toString(), model, data, eval);
      Run kept = resume.stage(run, folder, "train", identity);
      Tuned tuned =
          eval == null
              ? tuning.train(rows, kept)
              : tuning.train(rows, images.read(eval, task).dataset(), kept);
      try (var weights = tuned.weights()) {
        tuned.writeTo(folder.path(), tuning.record(rows, data, tuned));
      }
      folder.commit();
      List<String> text = new ArrayList<>(text(rows, tuned));
      text.addAll(siblings.train(out.path(), data, run));
      return Answer.done(json(rows, tuned), text);
    }
  }

  private ModelFolder start() {
    if (ShardPlan.isAt(model)) {
      throw new InputException(
          model + " is an ensemble: start from one of the models in its folder");
    }
    return task == Task.IMAGE ? ImageModels.start(model) : ModelFolder.read(model);
  }

  private ObjectNode json(Dataset rows, Tuned tuned) {
    Trained trained = tuned.trained();
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "train").put("task", task.key()).put("seed", options.seed());
    json.put("examples", rows.size());
    json.put("labels", tuned.prepared().classifier().labels().size());
    json.put("epochs", trained.epochs()).put("steps", trained.steps());
    json.put("loss", trained.lastLoss());
    if (Double.isNaN(trained.bestScore())) {
      json.putNull("eval");
    } else {
      json.putObject("eval").put(metric(), trained.bestScore());
    }
    return json.put("seconds", tuned.took().toMillis() / 1000.0).put("out", out.path().toString());
  }

  private List<String> text(Dataset rows, Tuned tuned) {
    Trained trained = tuned.trained();
    String score =
        Double.isNaN(trained.bestScore())
            ? ""
            : String.format(Locale.ROOT, "; %s %.2f on %s", metric(), trained.bestScore(), eval);
    String trainedOn =
        String.format(
            Locale.ROOT,
            "trained on %d examples of %d labels: %d epochs, %d steps, last loss %.4f, %.1f s%s",
            rows.size(),
            tuned.prepared().classifier().labels().size(),
            trained.epochs(),
            trained.steps(),
            trained.lastLoss(),
            tuned.took().toMillis() / 1000.0,
            score);
    return List.of(trainedOn, "written to " + out.path());
  }

  private String metric() {
    return task == Task.NER ? "f1" : "accuracy";
  }
}
