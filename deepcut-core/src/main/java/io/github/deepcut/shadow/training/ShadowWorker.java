package io.github.deepcut.shadow.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.pool.WorkerLoop;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Libtorch;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.global.torch;

/** A process that trains shadow models, or lets them unlearn; its job is a {@link Job}. */
public final class ShadowWorker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShadowWorker() {}

  /**
   * What to do.
   *
   * @param unlearning null: train
   */
  record Job(Shadows.Job pool, Shadows.Unlearning unlearning) {
    String line() {
      try {
        return JSON.writeValueAsString(this);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    static Job parse(String line) {
      try {
        return JSON.readValue(line, Job.class);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Serves the process that started it; see {@link WorkerLoop}. */
  public static void main(String[] args) {
    WorkerLoop.serve(line -> work(Job.parse(line)));
  }

  private static BiConsumer<Integer, Progress> work(Job job) {
    Libtorch.load();
    torch.set_num_threads(1);
    Shadows shadows = Shadows.open(job.pool());
    if (job.unlearning() == null) {
      return (model, progress) ->
          keep(shadows, shadows.pool(), shadows.training().train(model, run(progress)));
    }
    Pool pool = shadows.pool(job.unlearning());
    ShadowUnlearning unlearning = shadows.unlearning(job.unlearning());
    return (model, progress) -> keep(shadows, pool, unlearning.unlearn(model, run(progress)));
  }

  private static void keep(Shadows shadows, Pool pool, PooledModel shadow) {
    shadows.requireUnchanged();
    pool.write(shadow);
  }

  private static Run run(Progress progress) {
    return new Run(0, InstantSource.system(), progress); // seeds depend on the model's number alone
  }
}
