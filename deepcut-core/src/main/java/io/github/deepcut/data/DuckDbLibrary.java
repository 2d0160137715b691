package io.github.deepcut.data;

import io.github.deepcut.run.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Clears away the 57 MB that DuckDB's driver copies into the temporary folder when it is loaded,
 * which it deletes itself at the end of a process that is not killed. On Linux the copy goes as
 * soon as it is loaded: a library in use needs no name. What a process left that was killed before
 * goes when the next one is loaded; elsewhere the next one deletes what is old.
 */
public final class DuckDbLibrary {
  private static final Pattern COPY = Pattern.compile("libduckdb_java\\d+\\.so");
  private static final Path PROCESSES = Path.of("/proc");

  /** Longer than it takes to load a file that was just written. */
  private static final Duration LOADING = Duration.ofSeconds(2);

  /** Where nobody tells whether a file is in use. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private static final AtomicBoolean TIDY = new AtomicBoolean();

  private DuckDbLibrary() {}

  /** Called once the driver is loaded; does its work once. */
  static void tidy() {
    if (!TIDY.getAndSet(true)) {
      sweep();
      delete(named(PROCESSES.resolve("self")));
    }
  }

  /** Deletes what this user's processes left that were killed. */
  public static void sweep() {
    List<String> left = copies();
    if (!left.isEmpty()) {
      left.removeAll(inUse());
      delete(left);
    }
  }

  private static void delete(Collection<String> names) {
    try {
      for (String name : names) {
        Files.deleteIfExists(Scratch.temporary().resolve(name));
      }
    } catch (IOException e) {
      return; // the next process tries again
    }
  }

  /** Those that were not written just now, by their names. */
  private static List<String> copies() {
    Instant before = Instant.now().minus(Files.exists(PROCESSES) ? LOADING : OLD);
    List<String> copies = new ArrayList<>();
    try (Stream<Path> files = Files.list(Scratch.temporary())) {
      for (Path file : files.filter(DuckDbLibrary::isCopy).toList()) {
        if (Scratch.isMine(file) && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          copies.add(file.getFileName().toString());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return copies; // one went meanwhile
    }
    return copies;
  }

  private static boolean isCopy(Path file) {
    return COPY.matcher(file.getFileName().toString()).matches();
  }

  /** The copies that some process has loaded, or is just writing. */
  private static Set<String> inUse() {
    Set<String> used = new HashSet<>();
    ProcessHandle.allProcesses()
        .forEach(process -> used.addAll(named(PROCESSES.resolve(Long.toString(process.pid())))));
    return used;
  }

  /** The copies that a process has mapped or open; none if that may not be seen, or it ended. */
  private static Set<String> named(Path process) {
    Set<String> found = new HashSet<>();
    try (Stream<String> maps = Files.lines(process.resolve("maps"), StandardCharsets.ISO_8859_1);
        Stream<Path> open = Files.list(process.resolve("fd"))) {
      maps.map(line -> line.substring(line.lastIndexOf('/') + 1)).forEach(found::add);
      for (Path link : open.toList()) {
        String file = Files.readSymbolicLink(link).toString();
        found.add(file.substring(file.lastIndexOf('/') + 1));
      }
    } catch (IOException | UncheckedIOException e) {
      // it ended meanwhile, or is another's
    }
    found.removeIf(name -> !COPY.matcher(name).matches());
    return found;
  }
}
