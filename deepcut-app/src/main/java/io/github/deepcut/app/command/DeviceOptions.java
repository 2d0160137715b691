package io.github.deepcut.app.command;

import io.github.deepcut.run.Device;
import io.github.deepcut.tensor.Devices;
import picocli.CommandLine.Option;

/** Where to compute. */
final class DeviceOptions {
  @Option(
      names = "--device",
      defaultValue = "cpu",
      paramLabel = "NAME",
      description =
          "cpu, cuda or auto, which is cuda where deepcut doctor finds it; cuda needs the GPU build"
              + " (default: ${DEFAULT-VALUE}).")
  private String name;

  /** The one that was named; complains where it is not there. */
  Device chosen() {
    return Devices.choose(name);
  }
}
