package io.github.deepcut.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;

/**
 * Mixed precision on any device: while open, matrix products run in bfloat16 and the rest in
 * float32. Weights stay float32. On a CPU it is worth it with AMX or AVX512-BF16 and wide layers
 * only.
 */
public final class Autocast implements AutoCloseable {
  private static final torch.DeviceType CPU = torch.DeviceType.CPU;
  private static final torch.DeviceType CUDA = torch.DeviceType.CUDA;
  private final boolean before;

  private Autocast(boolean on) {
    before = torch.is_autocast_enabled(CPU);
    torch.set_autocast_dtype(CPU, torch.ScalarType.BFloat16);
    torch.set_autocast_dtype(CUDA, torch.ScalarType.BFloat16);
    enable(on);
  }

  private static void enable(boolean on) {
    torch.set_autocast_enabled(CPU, on);
    torch.set_autocast_enabled(CUDA, on);
  }

  /** Switches autocast for this thread until closed. */
  public static Autocast set(boolean on) {
    return new Autocast(on);
  }

  @Override
  public void close() {
    enable(before);
    torch.clear_cache();
  }

  /** Whether this CPU multiplies bfloat16 matrices in hardware (Linux x86-64; false elsewhere). */
  public static boolean supported() {
    try {
      Path info = Path.of("/proc/cpuinfo");
      String flags = Files.isReadable(info) ? Files.readString(info) : "";
      return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
    } catch (IOException e) {
      return false;
    }
  }
}
