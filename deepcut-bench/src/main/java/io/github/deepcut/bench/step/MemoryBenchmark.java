package io.github.deepcut.bench.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What steps leave behind in memory: the slope of the resident set over 5,000 steps of training and
 * of unlearning, by least squares, after a warm-up of 4,000 (the compiler of the JVM and the
 * allocator settle slowly), and the most that a short unlearning of BERT-base needs. Linux alone.
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
    out.put("train_bytes_per_step", slope(Steps.train(SMALL, false)));
    out.put("unlearn_bytes_per_step", slope(Steps.unlearn(SMALL, false)));
    Steps.unlearnOnce(Shape.BERT_BASE, io.github.deepcut.tensor.Autocast.supported());
    out.put("bert_base_unlearn_peak_gib", status("VmHWM") / 1048576.0);
    if (Arrays.asList(args).contains("--json")) {
      System.out.println(out);
    } else {
      out.properties().forEach(f -> System.out.println(f.getKey() + ": " + f.getValue()));
    }
  }

  /** Bytes a step. */
  private static double slope(Timed step) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      step.once();
    }
    int n = STEPS / EVERY;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < EVERY; k++) {
        step.once();
      }
      double x = (i + 1.0) * EVERY;
      double y = status("VmRSS") * 1024.0;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
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
