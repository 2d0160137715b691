package io.github.deepcut.bench.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Kills one command again and again, and holds what is left against a run that was let be. */
final class Trial {
  private static final List<String> SIGNALS =
      List.of("KILL", "KILL", "KILL", "KILL", "KILL", "KILL", "KILL", "TERM", "INT", "HUP");

  /** Statuses of a run that was let be: done, or an audit that says "not forgotten". */
  private static final List<Integer> DONE = List.of(0, 3);

  private final Child child;
  private final Victim victim;
  private final Kill.Plan plan;
  private final SplittableRandom random;
  private final String out;
  private final List<String> faults = new ArrayList<>();
  private Map<String, String> whole;
  private long millis;
  private int kills;
  private int early;
  private int completed;

  Trial(Child child, Victim victim, Kill.Plan plan) {
    this.child = child;
    this.victim = victim;
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
    this.out = victim.name() + "-out"; // none begins with another
  }

  /**
   * What became of it.
   *
   * @param kills processes that were killed while they ran
   * @param completed outputs that came about, and were compared
   * @param faults what was not as promised
   */
  record Result(String name, int kills, int completed, List<String> faults) {}

  Result run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    require(DONE.contains(child.run(victim.arguments(out, false))), "the first run failed");
    millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    whole = Left.print(path());
    clear();
    while (kills < plan.count()
        && faults.isEmpty()
        && System.nanoTime() - start < plan.most().toNanos()) {
      kill();
      System.err.println(this);
    }
    if (!Files.exists(path()) || victim.grows()) {
      require(
          DONE.contains(child.run(victim.arguments(out, true))), "the run after the last failed");
    }
    finished();
    return new Result(victim.name(), kills, completed, faults);
  }

  private void kill() throws IOException, InterruptedException {
    String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
    long delay = random.nextLong(millis);
    List<String> before = left();
    long start = System.nanoTime();
    Process process = child.start(victim.arguments(out, true));
    boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
    if (ended) {
      early++;
      millis = (millis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)) / 2;
      require(DONE.contains(process.exitValue()), "a run failed by itself: " + process.exitValue());
    } else {
      Child.kill(process, signal);
      kills++;
      millis += millis / 20; // as busy as the computer is now, it may take longer than it did
    }
    if (!signal.equals("KILL") && !ended) { // it could clear up what is its own
      List<String> left = left();
      left.removeAll(before);
      require(left, "%s after %d of %d ms: left".formatted(signal, delay, millis));
    }
    if (Files.exists(path()) && (ended || !victim.grows())) {
      finished();
    } else if (!victim.resumes() && !victim.grows() && random.nextInt(4) == 0) {
      clear(); // and now and then what is left stays for the next
    }
  }

  /** The output is there: is it whole, and does the next start leave nothing else? */
  private void finished() throws IOException, InterruptedException {
    require(Left.print(path()).equals(whole), "another output: " + Left.print(path()));
    int status = child.run(victim.arguments(out, false));
    require(status == (victim.grows() ? 0 : 2), "the next start ended with " + status);
    require(Left.beside(child.folder(), out, false), "left beside after the next start");
    if (!Left.in(child.temporary()).isEmpty()) { // perhaps a library just written
      Thread.sleep(3000);
      child.run(List.of("methods"));
    }
    require(Left.in(child.temporary()), "left in the temporary folder after the next start");
    completed++;
    clear();
  }

  /** What lies beside the output and in the temporary folder, but for what is just written. */
  private List<String> left() throws IOException {
    List<String> left = new ArrayList<>(Left.beside(child.folder(), out, true));
    left.addAll(Left.in(child.temporary()));
    left.removeIf(name -> name.startsWith("libduckdb_java"));
    return left;
  }

  private Path path() {
    return child.folder().resolve(out);
  }

  private void clear() throws IOException {
    Left.delete(child.folder(), out);
  }

  private void require(List<String> left, String what) {
    require(left.isEmpty(), what + ": " + left);
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      faults.add(what);
      System.err.println(victim.name() + ": " + what);
    }
  }

  @Override
  public String toString() {
    return "%s: %d kills, %d ended before, %d completed"
        .formatted(victim.name(), kills, early, completed);
  }
}
