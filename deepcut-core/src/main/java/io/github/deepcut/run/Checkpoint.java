package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where one piece of long work keeps its state from time to time, so that after a crash it goes on
 * from there, to the very same result. What the state is, the work itself knows.
 */
public final class Checkpoint {
  private final Path file;
  private final Duration every;
  private final boolean resume;
  private final InstantSource clock;
  private final Supplier<String> identity;
  private final Instant start;
  private Instant last;
  private Duration before = Duration.ZERO;

  /**
   * Keeps the state in {@code file}.
   *
   * @param every how long to work between two states
   * @param resume whether to start from the state that the file holds, if it is there
   * @param identity what the work depends on, as one line; a state of other work is refused. Asked
   *     when a state is written or read
   */
  public Checkpoint(
      Path file, Duration every, boolean resume, InstantSource clock, Supplier<String> identity) {
    this.file = file;
    this.every = every;
    this.resume = resume;
    this.clock = clock;
    this.identity = identity;
    start = clock.instant();
    last = start;
  }

  /** The folder beside {@code out} for the states of the work that makes it. */
  public static Path folder(Path out) {
    Path target = out.toAbsolutePath().normalize();
    return target.resolveSibling(target.getFileName() + ".checkpoint");
  }

  /** Deletes the states of the work that makes {@code out}, which is done. */
  public static void discard(Path out) {
    Path folder = folder(out);
    try {
      if (Files.exists(folder)) {
        Trees.delete(folder);
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
  }

  /** Keeps nothing. */
  public static Checkpoint none() {
    return new Checkpoint(null, Duration.ZERO, false, InstantSource.system(), () -> "");
  }

  /** The file to start from; none where the work starts at its beginning. */
  public Optional<Path> saved() {
    return resume && Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  public Path file() {
    return file;
  }

  /** What the work depends on, as one line. */
  public String identity() {
    return identity.get();
  }

  /** Whether it is time to keep the state again; if so, the time starts anew. */
  public boolean due() {
    if (file == null || clock.instant().isBefore(last.plus(every))) {
      return false;
    }
    last = clock.instant();
    return true;
  }

  /** How long the work has taken so far, all its processes together. */
  public Duration spent() {
    return before.plus(Duration.between(start, clock.instant()));
  }

  /** How long it took in earlier processes. */
  public Duration before() {
    return before;
  }

  /** Tells how long it took in earlier processes. */
  public void before(Duration spent) {
    before = spent;
  }
}
