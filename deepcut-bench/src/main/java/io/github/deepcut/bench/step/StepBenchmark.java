package io.github.deepcut.bench.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.tensor.Autocast;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training step of a BERT-base-sized model costs: DeepCUT's and DJL's, beside the rate at
 * which the machine multiplies matrices of the same shapes. Every measurement has its own process;
 * they take turns, so that a busy moment hits all, and medians are told.
 */
public final class StepBenchmark {
  private StepBenchmark() {}

  /** {@code [--json] [--rounds N] [--fp32]}. */
  public static void main(String[] args) throws IOException {
    List<String> given = Arrays.asList(args);
    int rounds = given.contains("--rounds") ? number(given, "--rounds") : 5;
    boolean bf16 = Autocast.supported();
    String type = bf16 && !given.contains("--fp32") ? "bf16" : "fp32";
    Map<String, Double> median =
        medians(List.of("train-" + type, "unlearn-" + type, "djl", "products-" + type), rounds);
    Shape shape = Shape.BERT_BASE;
    double seconds = median.get("train-" + type);
    double rate = shape.linearFlops() / median.get("products-" + type);
    ObjectNode out = new ObjectMapper().createObjectNode();
    out.put("seconds", seconds);
    out.put("djl_seconds", median.get("djl"));
    out.put("times_djl", median.get("djl") / seconds);
    out.put("gemm_gflops", rate / 1e9);
    out.put("fraction_of_gemm", shape.flops() / seconds / rate);
    out.put("type", type);
    out.put("unlearn_seconds", median.get("unlearn-" + type));
    out.put("unlearn_times_train", median.get("unlearn-" + type) / seconds);
    out.put("threads", Runtime.getRuntime().availableProcessors());
    out.put("rounds", rounds);
    if (given.contains("--json")) {
      System.out.println(out);
    } else {
      out.properties().forEach(f -> System.out.println(f.getKey() + ": " + f.getValue()));
    }
  }

  private static int number(List<String> args, String name) {
    return Integer.parseInt(args.get(args.indexOf(name) + 1));
  }

  private static Map<String, Double> medians(List<String> names, int rounds) throws IOException {
    Map<String, Child> children = new LinkedHashMap<>();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    try {
      for (String name : names) {
        children.put(name, new Child(name));
        seconds.put(name, new ArrayList<>());
      }
      for (int round = 1; round <= rounds; round++) {
        for (var child : children.entrySet()) {
          seconds.get(child.getKey()).add(child.getValue().measure());
        }
        System.err.println("round " + round + " of " + rounds + ": " + seconds);
      }
    } finally {
      children.values().forEach(c -> c.process.destroy());
    }
    Map<String, Double> out = new LinkedHashMap<>();
    seconds.forEach((name, s) -> out.put(name, s.stream().sorted().toList().get(s.size() / 2)));
    return out;
  }

  /** A {@link Worker} in a process of its own, idle between measurements. */
  private static final class Child {
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    Child(String name) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + File.separator + "bin/java");
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(Worker.class.getName(), name));
      System.err.println("starting " + name);
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      answers = process.inputReader(StandardCharsets.UTF_8);
      requests = process.outputWriter(StandardCharsets.UTF_8);
      if (!"ready".equals(answers.readLine())) {
        throw new IOException("the measurement of " + name + " ended before it began");
      }
    }

    double measure() throws IOException {
      requests.write("go\n");
      requests.flush();
      return Double.parseDouble(answers.readLine());
    }
  }
}
