package io.github.deepcut.sibling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.pool.WorkerLoop;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Libtorch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.bytedeco.pytorch.global.torch;

/** A process that trains siblings. */
final class SiblingWorker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SiblingWorker() {}

  /** A job as one line. */
  static String line(Siblings.Job job) {
    try {
      return JSON.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Siblings.Job parse(String line) {
    try {
      return JSON.readValue(line, Siblings.Job.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves the process that started it; see {@link WorkerLoop}. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // only the protocol goes to standard output
    Libtorch.load();
    torch.set_num_threads(1);
    WorkerLoop.serve(
        System.in,
        out,
        line -> {
          Siblings siblings = Siblings.open(parse(line));
          return (model, progress) ->
              siblings.make(
                  model, new Run(0, InstantSource.system(), progress)); // the recipe has the seed
        });
  }
}
