package io.github.deepcut.tensor;

import io.github.deepcut.run.Device;
import io.github.deepcut.run.InputException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The devices that this build of libtorch finds. */
public final class Devices {
  private static final Device CUDA = new Device("cuda");

  private Devices() {}

  /**
   * The device that a person named.
   *
   * @param name {@code cpu}, {@code cuda}, or {@code auto}: CUDA where it is there
   * @throws InputException if CUDA is asked for and not there
   */
  public static Device choose(String name) {
    return switch (name) {
      case "cpu" -> Device.CPU;
      case "auto" -> withoutCuda().isPresent() ? Device.CPU : CUDA;
      case "cuda" -> {
        withoutCuda()
            .ifPresent(
                why -> {
                  throw new InputException("--device cuda: " + why);
                });
        yield CUDA;
      }
      default -> throw new InputException("--device is '" + name + "', expected cpu, cuda or auto");
    };
  }

  /** Why CUDA cannot be used and how to mend that; empty where it can. */
  public static Optional<String> withoutCuda() {
    Libtorch.load();
    if (torch.cuda_is_available()) {
      return Optional.empty();
    }
    return Optional.of(
        builtForCuda()
            ? "libtorch finds no GPU: it needs NVIDIA's driver for CUDA 13 and a GPU of this machine"
            : "this libtorch is built for the CPU alone: build on Linux x86-64 with"
                + " DEEPCUT_MVN_OPTS=-Pgpu");
  }

  /** Whether the natives on the class path are those for CUDA. */
  public static boolean builtForCuda() {
    String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";
    return torch.class.getResource(folder + "libtorch_cuda.so") != null;
  }

  /** As libtorch takes it. */
  static org.bytedeco.pytorch.Device of(Device device) {
    return new org.bytedeco.pytorch.Device(device.name());
  }
}
