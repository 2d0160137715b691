package io.github.deepcut.record;

import io.github.deepcut.provenance.Environment;
import io.github.deepcut.run.Device;
import io.github.deepcut.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The machine that this runs on. */
public final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** All of it that can change a result's last bits, on the processor. */
  public static Environment environment() {
    return environment(libtorch());
  }

  /** The same, where these weights are. */
  public static Environment environment(Weights weights) {
    Device device = weights.device();
    return environment(
        libtorch() + (device.equals(Device.CPU) ? "" : " and computed on " + device.name()));
  }

  private static Environment environment(String libtorch) {
    return new Environment(
        property("java.vm.vendor") + " " + property("java.vm.version"),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        processor(),
        libtorch,
        torch.get_num_threads());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** On Linux the model's name, elsewhere the architecture. */
  private static String processor() {
    try {
      if (Files.isReadable(PROCESSOR)) {
        return Files.readAllLines(PROCESSOR).stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(property("os.arch"));
      }
    } catch (IOException e) {
      return property("os.arch");
    }
    return property("os.arch");
  }

  private static String libtorch() {
    try (var capability = torch.get_cpu_capability()) {
      String instructions = capability.getString();
      try {
        return Loader.getVersion("org.bytedeco", "pytorch") + " " + instructions;
      } catch (IOException e) {
        return instructions;
      }
    }
  }
}
