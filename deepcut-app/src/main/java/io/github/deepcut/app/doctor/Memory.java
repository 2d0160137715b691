package io.github.deepcut.app.doctor;

import java.lang.management.ManagementFactory;

/** How much memory there is, and how it is handed out. */
final class Memory {
  private static final String LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  private Memory() {}

  static Finding heap() {
    long most = Runtime.getRuntime().maxMemory();
    return most < 256L << 20
        ? Finding.warn("Java heap", size(most), "give the JVM at least -Xmx512m")
        : Finding.ok("Java heap", size(most) + " at most");
  }

  static Finding physical() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long all = system.getTotalMemorySize();
      long free = system.getFreeMemorySize();
      String found = size(all) + ", " + size(free) + " free";
      return all < 4L << 30
          ? Finding.warn("memory", found, "a BERT-base model needs about 4 GiB to unlearn")
          : Finding.ok("memory", found);
    }
    return Finding.ok("memory", "size unknown on this JVM");
  }

  static Finding offHeapLimit() {
    String limit = System.getProperty(LIMIT);
    return "0".equals(limit)
        ? Finding.ok("off-heap limit", "none")
        : Finding.warn(
            "off-heap limit",
            limit == null ? "four times the Java heap" : limit,
            "start Java with -D" + LIMIT + "=0, as the launcher does");
  }

  static Finding allocator() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Finding.ok("allocator", "the system's");
    }
    String preload = System.getenv("LD_PRELOAD");
    if (preload != null && preload.contains("jemalloc")) {
      return Finding.ok("allocator", "jemalloc");
    }
    return "0".equals(System.getenv("MALLOC_MMAP_MAX_"))
        ? Finding.ok("allocator", "keeps freed blocks (MALLOC_MMAP_MAX_=0)")
        : Finding.warn(
            "allocator",
            "hands large blocks back to the kernel after each step",
            "start Java with MALLOC_MMAP_MAX_=0 in the environment, as the launcher does");
  }

  static String size(long bytes) {
    return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
