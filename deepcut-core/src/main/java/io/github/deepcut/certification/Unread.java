package io.github.deepcut.certification;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.record.ShardPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Other weights in a model's folder, which an unlearning copies without having read them. */
public final class Unread {
  private Unread() {}

  /**
   * {@return the paths in the model's folder of weights that are not read, with slashes, sorted}
   *
   * @param model the original
   */
  public static List<String> of(FineTunedModel model) {
    Path top = model.folder().path();
    return folders(model)
        .flatMap(
            folder ->
                ModelFolder.read(folder).unreadWeights().stream()
                    .map(file -> top.relativize(folder).resolve(file).toString()))
        .map(name -> name.replace('\\', '/'))
        .sorted()
        .toList();
  }

  /** Of an ensemble those of its models. */
  private static Stream<Path> folders(FineTunedModel model) {
    Path top = model.folder().path();
    if (!model.isEnsemble()) {
      return Stream.of(top);
    }
    ShardPlan plan = ShardPlan.read(top);
    return IntStream.rangeClosed(1, plan.shards().size())
        .boxed()
        .flatMap(
            shard ->
                IntStream.rangeClosed(1, plan.slices())
                    .mapToObj(slice -> ShardPlan.folder(top, shard, slice)))
        .filter(Files::isDirectory);
  }
}
