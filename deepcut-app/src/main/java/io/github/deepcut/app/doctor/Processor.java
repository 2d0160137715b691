package io.github.deepcut.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the processor can do. */
final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  static Finding features() {
    Set<String> flags = flags();
    if (flags.isEmpty()) {
      return Finding.ok("processor", "features unknown on this system; bfloat16 stays off");
    }
    List<String> present =
        List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16").stream()
            .filter(flags::contains)
            .toList();
    String found = present.isEmpty() ? "none of the wide instructions" : String.join(" ", present);
    if (!flags.contains("avx2")) {
      return Finding.warn("processor", found, "without avx2 libtorch is several times slower");
    }
    return Finding.ok(
        "processor",
        found
            + (flags.contains("avx512_bf16") || flags.contains("amx_bf16")
                ? "; bfloat16 in hardware"
                : "; no bfloat16 in hardware, float32 is used"));
  }

  static Finding threads() {
    int threads = Runtime.getRuntime().availableProcessors();
    String found = threads + ", waiting " + (passive() ? "asleep" : "in a spin");
    return passive()
        ? Finding.ok("threads", found)
        : Finding.warn(
            "threads",
            found,
            "start Java with OMP_WAIT_POLICY=passive in the environment, as the launcher does:"
                + " spinning is very slow on a busy machine");
  }

  /** Whether OpenMP's threads sleep while they wait; elsewhere than on Linux they do. */
  private static boolean passive() {
    return !System.getProperty("os.name").equals("Linux")
        || "passive".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"))
        || "1".equals(System.getenv("OMP_NUM_THREADS"));
  }

  private static Set<String> flags() {
    try {
      if (Files.isReadable(INFO)) {
        return Files.readAllLines(INFO).stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> new HashSet<>(Arrays.asList(line.split("\\s+", -1))))
            .orElseGet(HashSet::new);
      }
    } catch (IOException e) {
      return Set.of(); // then nothing is known of it
    }
    return Set.of();
  }
}
