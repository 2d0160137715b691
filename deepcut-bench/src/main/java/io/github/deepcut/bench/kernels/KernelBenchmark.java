package io.github.deepcut.bench.kernels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link Kernels}, each in two processes of its own, and tells medians of ten seconds. */
public final class KernelBenchmark {
  private KernelBenchmark() {}

  /** {@code [--json]}. */
  public static void main(String[] args) throws RunnerException {
    boolean json = Arrays.asList(args).contains("--json");
    Options options =
        new OptionsBuilder()
            .include(Kernels.class.getName())
            .verbosity(VerboseMode.SILENT)
            .forks(2)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .build();
    ObjectNode out = new ObjectMapper().createObjectNode();
    for (RunResult run : List.copyOf(new Runner(options).run())) {
      Statistics times = run.getPrimaryResult().getStatistics();
      String name = run.getPrimaryResult().getLabel();
      out.putObject(name)
          .put("median_us", times.getPercentile(50))
          .put("least_us", times.getMin())
          .put("most_us", times.getMax());
      if (!json) {
        System.out.println(
            String.format(
                Locale.ROOT,
                "%-16s %10.1f us (%.1f to %.1f)",
                name,
                times.getPercentile(50),
                times.getMin(),
                times.getMax()));
      }
    }
    if (json) {
      System.out.println(out);
    }
  }
}
