package io.github.deepcut.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * What a run needs from the outside world: randomness, the clock, a place to report progress, and
 * where to compute.
 *
 * @param seed the seed from which every random stream of the run is derived
 * @param clock what time it is
 * @param progress where to report
 * @param checkpoint where to keep the state of the work
 * @param device where models that the run makes are computed
 */
public record Run(
    long seed, InstantSource clock, Progress progress, Checkpoint checkpoint, Device device) {
  /** A run on the processor that keeps no state. */
  public Run(long seed, InstantSource clock, Progress progress) {
    this(seed, clock, progress, Checkpoint.none(), Device.CPU);
  }

  /** A run with the system's clock that reports nowhere. */
  public static Run of(long seed) {
    return new Run(seed, InstantSource.system(), Progress.silent());
  }

  /** A stream of its own for each purpose, so that one consumer never shifts another's numbers. */
  public SplittableRandom random(String purpose) {
    long h = seed;
    for (int i = 0; i < purpose.length(); i++) {
      h = (h ^ purpose.charAt(i)) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return new SplittableRandom(h);
  }

  /** The time since {@code start}, and what the work took in earlier processes. */
  public Duration since(Instant start) {
    return checkpoint.before().plus(Duration.between(start, clock.instant()));
  }

  /** The same run under another seed. */
  public Run withSeed(long other) {
    return new Run(other, clock, progress, checkpoint, device);
  }

  /** The same run, keeping its state elsewhere. */
  public Run with(Checkpoint other) {
    return new Run(seed, clock, progress, other, device);
  }

  /** The same run, computing elsewhere. */
  public Run on(Device other) {
    return new Run(seed, clock, progress, checkpoint, other);
  }
}
