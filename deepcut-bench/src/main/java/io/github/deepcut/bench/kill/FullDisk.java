package io.github.deepcut.bench.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lets commands write to disks that are too small: a tmpfs of a random size for each run. Every run
 * must end well or with status 2 and one line that says that there is no space, and then nothing of
 * it may stay. Needs root, to mount.
 */
public final class FullDisk {
  private static final List<String> COMMANDS =
      List.of("train", "unlearn", "audit", "compare", "train-shards", "sisa");

  private FullDisk() {}

  /** {@code [N]}: runs of each command. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = args.length == 0 ? 10 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("deepcut-full");
    Path work = World.in(Files.createDirectory(folder.resolve("work"))).folder();
    Child child = new Child(work, Files.createDirectory(folder.resolve("tmp")));
    for (Victim preparation : Victim.preparations()) {
      child.run(preparation.arguments("", false));
    }
    SplittableRandom random = new SplittableRandom(1);
    boolean kept = true;
    System.out.println("command         runs  did not fit  faults");
    for (Victim victim : Victim.all()) {
      if (COMMANDS.contains(victim.name())) {
        kept &= new FullDisk.Small(child, victim).run(count, random);
      }
    }
    System.out.println("in " + folder);
    System.exit(kept ? 0 : 1);
  }

  /** One command on small disks. */
  private record Small(Child child, Victim victim) {
    boolean run(int count, SplittableRandom random) throws IOException, InterruptedException {
      int full = 0;
      List<String> faults = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int kib = 4 * (1 + random.nextInt(40));
        full += run(kib, faults) ? 0 : 1;
      }
      System.out.printf("%-14s  %4d  %11d  %s%n", victim.name(), count, full, faults);
      return faults.isEmpty();
    }

    /** Whether it fitted. */
    private boolean run(int kib, List<String> faults) throws IOException, InterruptedException {
      Path disk = Files.createDirectories(child.folder().resolve("disk"));
      Files.deleteIfExists(child.folder().resolve("log"));
      must("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", disk.toString());
      try {
        int status = child.run(victim.arguments("disk/out", false));
        List<String> said = Files.readAllLines(child.folder().resolve("log"));
        List<String> complaints = said.stream().filter(s -> s.startsWith("deepcut: ")).toList();
        boolean fits = status == 0 || status == 3;
        boolean right =
            fits || (status == 2 && complaints.size() == 1 && complaints.get(0).contains("space"));
        List<String> left = new ArrayList<>(Left.in(disk));
        left.removeIf(name -> fits ? !name.startsWith(".") : name.equals("out.checkpoint"));
        left.removeIf(name -> victim.grows() && name.equals("out"));
        if (!right || !left.isEmpty()) {
          faults.add(kib + " KiB: status " + status + ", " + complaints + ", left " + left);
        }
        return fits;
      } finally {
        must("umount", disk.toString());
      }
    }

    private static void must(String... command) throws IOException, InterruptedException {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: it needs root");
      }
    }
  }
}
