package io.github.deepcut.sibling;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.pool.WorkerLoop;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.run.Unchanged;
import io.github.deepcut.tensor.Libtorch;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.global.torch;

/** A process that trains siblings; what it is told is a {@link SiblingJob}. */
final class SiblingWorker {
  private SiblingWorker() {}

  /** Serves the process that started it; see {@link WorkerLoop}. */
  public static void main(String[] args) {
    WorkerLoop.serve(line -> work(SiblingJob.parse(line)));
  }

  private static BiConsumer<Integer, Progress> work(SiblingJob job) {
    Libtorch.load();
    torch.set_num_threads(1);
    Unchanged files = job.files();
    Siblings siblings = job.siblings(FineTunedModel.open(Path.of(job.model())));
    return (number, progress) -> {
      Run run = new Run(job.folds().seed(), InstantSource.system(), progress);
      PooledModel said = siblings.train(number, run);
      files.require();
      siblings.keep(said);
    };
  }
}
