package io.github.deepcut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.ShadowPool;
import io.github.deepcut.shadow.WorkerLoop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.bytedeco.pytorch.global.torch;

/** A process that trains shadow models: {@code ShadowWorker JSON}, with a {@link Shadows.Job}. */
public final class ShadowWorker {
  private ShadowWorker() {}

  /** Serves the process that started it; see {@link WorkerLoop}. */
  public static void main(String[] args) throws JsonProcessingException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // only the protocol goes to standard output
    torch.set_num_threads(1);
    Shadows.Job job = new ObjectMapper().readValue(args[0], Shadows.Job.class);
    Shadows[] opened = new Shadows[1];
    WorkerLoop.serve(
        System.in,
        out,
        (model, progress) -> {
          opened[0] = opened[0] == null ? Shadows.open(job) : opened[0];
          Run run = new Run(model, InstantSource.system(), progress);
          ShadowPool pool = opened[0].pool();
          pool.write(opened[0].training().train(model, run));
        });
  }
}
