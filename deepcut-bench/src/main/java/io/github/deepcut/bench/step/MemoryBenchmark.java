package io.github.deepcut.bench.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What steps leave behind in memory: how the resident set grows over 5,000 steps of training and of
 * unlearning, after a warm-up of 4,000 (the compiler of the JVM and the allocator settle slowly), a
 * step in the median and in all, as the JVM takes some MiB once now and then; and the most that a
 * short unlearning of BERT-base needs. Linux alone.
 */
public final class MemoryBenchmark {
  private static final int WARM_UP = 4000;
  private static final int STEPS = 5000;
  private static final int EVERY = 50;

  /** As the small encoder of the results. */
  private static final Shape SMALL = new Shape(2, 128, 4, 512, 8000, 16, 24);

  private MemoryBenchmark() {}

  /** {@code [--json]}. */
  public static void main(String[] args) throws IOException {
    ObjectNode out = new ObjectMapper().createObjectNode();
    grown("train", Steps.train(SMALL, false), out);
    grown("unlearn", Steps.unlearn(SMALL, false), out);
    Steps.unlearnOnce(Shape.BERT_BASE, io.github.deepcut.tensor.Autocast.supported());
    out.put("bert_base_unlearn_peak_gib", status("VmHWM") / 1048576.0);
    if (Arrays.asList(args).contains("--json")) {
      System.out.println(out);
    } else {
      out.properties().forEach(f -> System.out.println(f.getKey() + ": " + f.getValue()));
    }
  }

  /**
   * Bytes a step, the median of the slopes between any two readings (Theil and Sen), and in all.
   */
  private static void grown(String what, Timed step, ObjectNode out) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      step.once();
    }
    long[] bytes = new long[STEPS / EVERY];
    for (int i = 0; i < bytes.length; i++) {
      for (int k = 0; k < EVERY; k++) {
        step.once();
      }
      bytes[i] = status("VmRSS") * 1024;
    }
    double[] slopes =
        IntStream.range(0, bytes.length)
            .boxed()
            .flatMapToDouble(
                i ->
                    IntStream.range(0, i)
                        .mapToDouble(j -> (bytes[i] - bytes[j]) / ((double) (i - j) * EVERY)))
            .sorted()
            .toArray();
    out.put(what + "_bytes_per_step", slopes[slopes.length / 2]);
    out.put(what + "_bytes", bytes[bytes.length - 1] - bytes[0]);
  }

  /** A line of the kernel's account of this process, in KiB. */
  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
