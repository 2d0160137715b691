package io.github.deepcut.sisa;

import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.train.Trainer.Trained;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import io.github.deepcut.unlearn.baseline.Sisa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes rows out of an ensemble, exactly (Bourtoule et al., arXiv 1912.03817): each model whose
 * shard held one is trained again without them from its checkpoint before the first slice that held
 * one; all else is copied. What comes out is, bit for bit, what training without these rows and
 * with the same assignment of all others gives.
 *
 * @param erasure of an ensemble, with the rows that it holds: see {@link #held}
 * @param dataFile the training data
 */
public record EnsembleErasure(Erasure erasure, Path dataFile) {

  /**
   * The rows of a request that the ensemble holds: others were taken out of it before, or never
   * were in it.
   *
   * @throws InputException if it holds none of those to forget, or no others
   */
  public static ForgetSplit held(FineTunedModel ensemble, ForgetSplit asked) {
    ShardPlan plan = ShardPlan.read(ensemble.folder().path());
    Set<String> ids = new HashSet<>();
    IntStream.rangeClosed(1, plan.shards().size())
        .forEach(shard -> ids.addAll(plan.learnt(shard, plan.slices())));
    Dataset data = asked.data();
    int[] forget = Arrays.stream(asked.forget()).filter(i -> ids.contains(data.id(i))).toArray();
    int[] retain = Arrays.stream(asked.retain()).filter(i -> ids.contains(data.id(i))).toArray();
    if (forget.length == 0 || retain.length == 0) {
      throw new InputException(
          "%s holds %d of the rows to forget and %d others of %s: expected some of both"
              .formatted(ensemble.folder().path(), forget.length, retain.length, data.source()));
    }
    return new ForgetSplit(data, forget, retain, asked.request(), asked.values());
  }

  /**
   * Writes the ensemble without the forgotten rows into {@code out}, all but its record.
   *
   * @throws InputException if a shard would be left without rows, if the data lack rows of a shard
   *     that is trained again, if a checkpoint is missing, or if what the models started from is
   *     needed and is gone or has changed
   */
  public Erased unlearn(OutputFolder out, Run run) {
    Instant begin = run.clock().instant();
    Path original = erasure.model().folder().path();
    ShardPlan plan = ShardPlan.read(original);
    Dataset data = erasure.split().data();
    requireSameIds(data);
    Set<String> forget =
        Arrays.stream(erasure.split().forget()).mapToObj(data::id).collect(Collectors.toSet());
    ShardPlan left = plan.without(forget);
    List<String> labels = erasure.model().classifier().labels();
    EnsembleTraining training =
        new EnsembleTraining(() -> start(plan), left, labels, data, dataFile);
    Trained all = EnsembleTraining.NOTHING;
    int again = 0;
    for (int shard = 1; shard <= plan.shards().size(); shard++) {
      int first = plan.firstWith(forget, shard);
      for (int slice = 1; slice < first; slice++) {
        if (!plan.learnt(shard, slice).isEmpty()) {
          copy(
              ShardPlan.folder(original, shard, slice), ShardPlan.folder(out.path(), shard, slice));
        }
      }
      if (first <= plan.slices()) {
        all = EnsembleTraining.sum(all, training.shard(shard, first, out, run));
        again++;
      }
    }
    left.write(out.path());
    String why = "the end of training %d of %d shards again".formatted(again, plan.shards().size());
    Unlearned how = new Unlearned(all.epochs(), all.steps(), why);
    return new Erased(
        FineTunedModel.classifier(out.path()),
        how,
        run.since(begin),
        erasure.model(),
        erasure.record(new Sisa(), Stop.NEVER, how, run));
  }

  /** Ids that count positions, in the file or in a document, name other rows in another file. */
  private void requireSameIds(Dataset data) {
    String trainedOn = erasure.model().record().map(ModelRecord::dataSha256).orElse(null);
    boolean counted =
        IntStream.range(0, data.size()).allMatch(i -> data.id(i).equals(Integer.toString(i)))
            || IntStream.range(0, data.size()).anyMatch(i -> data.id(i).matches(".*#\\d+"));
    if (counted && !Fingerprint.of(dataFile).equals(trainedOn)) {
      throw new InputException(
          dataFile
              + " is not, byte for byte, what the ensemble was trained on, and its rows bring no ids"
              + " of their own to be told by: give the file as it was");
    }
  }

  private ModelFolder start(ShardPlan plan) {
    ModelFolder base = FineTuning.start(erasure.model());
    if (!ShardPlan.fingerprint(base).equals(plan.base())) {
      throw new InputException(
          base.path() + " has changed since the ensemble was trained from it: put it back");
    }
    return base;
  }

  private static void copy(Path from, Path to) {
    ModelFolder.read(from); // complains where it is no model
    try (var files = Files.walk(from)) {
      Files.createDirectories(to.getParent());
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(to, e);
    }
  }
}
