package io.github.deepcut.bench.kill;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kills every command that writes, at random moments, and prints what came of it: whether outputs
 * were whole or absent, whether resumed ones have the same tensors, and whether anything stays
 * after the next start. Ends with status 1 where something was not as promised; then it stops at
 * the first fault of a command and leaves its folder.
 */
public final class Kill {
  private Kill() {}

  /**
   * {@code [--count N] [--commands NAME,…] [--seed N] [--minutes N]}.
   *
   * <p>Minutes are for each command: see {@link Plan}.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Plan plan =
        new Plan(
            Integer.parseInt(option(args, "--count", "100")),
            Long.parseLong(option(args, "--seed", "1")),
            Duration.ofMinutes(Long.parseLong(option(args, "--minutes", "100000"))));
    List<String> chosen = List.of(option(args, "--commands", names()).split(",", -1));
    List<Victim> victims = Victim.all().stream().filter(v -> chosen.contains(v.name())).toList();
    if (args.length % 2 != 0 || victims.size() != chosen.size()) {
      System.err.println(
          "usage: kill [--count N] [--commands NAME,...] [--seed N] [--minutes N], NAME of "
              + names());
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("deepcut-kill");
    Path work = World.in(Files.createDirectory(folder.resolve("work"))).folder();
    Child child = new Child(work, Files.createDirectory(folder.resolve("tmp")));
    for (Victim preparation : Victim.preparations()) {
      if (child.run(preparation.arguments("", false)) != 0) {
        throw new IllegalStateException(Files.readString(work.resolve("log")));
      }
    }
    boolean kept = true;
    System.out.println("command         kills  completed  faults");
    for (Victim victim : victims) {
      kept &= shown(new Trial(child, victim, plan).run());
    }
    if (kept) {
      delete(folder);
    } else {
      System.out.println("in " + folder);
    }
    System.exit(kept ? 0 : 1);
  }

  /**
   * How often to kill each command.
   *
   * @param most the time after which it ends with the kills that there were
   */
  record Plan(int count, long seed, Duration most) {}

  private static boolean shown(Trial.Result result) {
    System.out.printf(
        "%-14s  %5d  %9d  %s%n",
        result.name(),
        result.kills(),
        result.completed(),
        result.faults().isEmpty() ? "none" : result.faults());
    return result.faults().isEmpty();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> left = Files.walk(folder)) {
      left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static String names() {
    return String.join(",", Victim.all().stream().map(Victim::name).toList());
  }

  private static String option(String[] args, String name, String otherwise) {
    int at = Arrays.asList(args).indexOf(name);
    return at < 0 || at % 2 != 0 || at + 1 == args.length ? otherwise : args[at + 1];
  }
}
