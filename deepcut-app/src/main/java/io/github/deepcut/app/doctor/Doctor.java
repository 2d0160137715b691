package io.github.deepcut.app.doctor;

import static io.github.deepcut.app.doctor.Finding.fail;
import static io.github.deepcut.app.doctor.Finding.ok;
import static io.github.deepcut.app.doctor.Finding.warn;

import io.github.deepcut.run.Scratch;
import java.util.ArrayList;
import java.util.List;

/** Looks at the computer. */
public final class Doctor {
  private static final int LEAST_JAVA = 17;

  private Doctor() {}

  /** All findings, in the order in which to mend them. */
  public static List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(Processor.features());
    findings.add(Processor.threads());
    findings.add(Memory.heap());
    findings.add(Memory.physical());
    findings.add(Memory.offHeapLimit());
    findings.add(Memory.allocator());
    findings.add(TemporaryFolder.look(Scratch.temporary()));
    findings.addAll(Natives.all());
    return findings;
  }

  private static Finding java() {
    String found =
        System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vm.name")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ")";
    if (Runtime.version().feature() < LEAST_JAVA) {
      return fail("Java", found, "install a JDK of version " + LEAST_JAVA + " or later");
    }
    return System.getProperty("os.arch").matches("amd64|x86_64|aarch64")
        ? ok("Java", found)
        : warn("Java", found, "libtorch comes for x86-64, and for arm64 on macOS");
  }
}
