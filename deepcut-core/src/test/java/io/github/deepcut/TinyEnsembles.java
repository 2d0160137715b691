package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.model.folder.ImageModels;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.sisa.EnsembleErasure;
import io.github.deepcut.sisa.EnsembleTraining;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles of tiny models for every task, trained and unlearned in a folder. */
abstract class TinyEnsembles {
  protected static final int ROWS = 36;
  protected static final Recipe TEXTS = new Recipe(3, 4, 3e-3, 0.1, 0.01, 1, 0, 16, false, 1);
  protected static final Recipe IMAGES = Recipe.images().withEpochs(3);

  @TempDir protected Path folder;
  protected Path file;

  @BeforeEach
  void write() throws IOException {
    TinyTexts.in(folder, 1, 1);
    Path config = folder.resolve("base/config.json");
    String text = Files.readString(config);
    assertThat(text).contains("_dropout_prob\" : 0.0");
    Files.writeString(config, text.replace("_dropout_prob\" : 0.0", "_dropout_prob\" : 0.1"));
    file = Files.writeString(folder.resolve("data"), "stands for the rows");
  }

  protected static Dataset data(Task task) {
    SplittableRandom random = new SplittableRandom(8);
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(example(task, "row-" + i, random));
    }
    return new Dataset(task, "data", rows);
  }

  private static Example example(Task task, String id, SplittableRandom random) {
    List<String> words = IntStream.range(0, 4).mapToObj(k -> "w" + random.nextInt(40)).toList();
    int label = random.nextInt(2);
    return switch (task) {
      case CLASSIFY -> new LabeledText(id, String.join(" ", words), null, "label" + label);
      case NER -> new TaggedSentence(id, words, List.of("O", label == 0 ? "B-X" : "B-Y", "O", "O"));
      case IMAGE -> {
        byte[] pixels = new byte[64];
        random.nextBytes(pixels);
        Arrays.fill(pixels, 8 * label, 8 * label + 8, (byte) 255);
        yield new LabeledImage(id, pixels, new ImageSize(1, 8, 8), "label" + label);
      }
    };
  }

  protected ModelFolder base(Task task) {
    return task == Task.IMAGE
        ? ImageModels.start(Path.of("cnn"))
        : ModelFolder.read(folder.resolve("base"));
  }

  protected ShardPlan plan(Task task, int shards, int slices) {
    Recipe recipe = task == Task.IMAGE ? IMAGES : TEXTS;
    return ShardPlan.of(data(task), base(task), recipe, shards, slices);
  }

  protected Path train(String name, ShardPlan plan, Dataset data) {
    Task task = data.task();
    List<String> labels = data(task).labels();
    try (OutputFolder out = OutputFolder.create(folder.resolve(name), false)) {
      new EnsembleTraining(() -> base(task), plan, labels, data, file).train(out, Run.of(1));
      out.commit();
    }
    return folder.resolve(name);
  }

  protected Path unlearn(Path from, String name, Dataset data, Set<String> ids) {
    int[] all = IntStream.range(0, data.size()).toArray();
    int[] forget = Arrays.stream(all).filter(i -> ids.contains(data.id(i))).toArray();
    int[] retain = Arrays.stream(all).filter(i -> !ids.contains(data.id(i))).toArray();
    ForgetSplit asked = new ForgetSplit(data, forget, retain, "some");
    try (FineTunedModel model = FineTunedModel.open(from);
        OutputFolder out = OutputFolder.create(folder.resolve(name), false)) {
      ForgetSplit held = EnsembleErasure.held(model, asked);
      Erasure erasure =
          new Erasure(model, held, Unseen.of(held, Optional.empty(), Optional.empty()));
      try (var erased = new EnsembleErasure(erasure, file).unlearn(out, Run.of(1))) {
        erased.writeTo(out.path());
      }
      out.commit();
    }
    return folder.resolve(name);
  }

  protected static Dataset without(Dataset data, Set<String> ids) {
    return data.select(
        IntStream.range(0, data.size()).filter(i -> !ids.contains(data.id(i))).toArray());
  }

  /** The hash of every tensor of every model, by place. */
  protected static Map<String, String> tensors(Path ensemble) {
    return FolderHashes.of(ensemble).hashes().entrySet().stream()
        .filter(e -> e.getKey().contains("#"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }
}
