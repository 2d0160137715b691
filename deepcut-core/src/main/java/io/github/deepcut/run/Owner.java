package io.github.deepcut.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * The process that holds a lock.
 *
 * @param startOrNull when it started, where that is known
 */
record Owner(long pid, Instant startOrNull) {
  private static final int MOST = 200;

  /** This process. */
  static Owner here() {
    ProcessHandle me = ProcessHandle.current();
    return new Owner(me.pid(), me.info().startInstant().orElse(null));
  }

  /** Reads what {@link #line} wrote; null if that is not there. */
  static Owner read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST);
    channel.read(bytes, 0);
    String[] words =
        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).split("\\s+", -1);
    try {
      Instant start = words.length < 2 || words[1].isEmpty() ? null : Instant.parse(words[1]);
      return new Owner(Long.parseLong(words[0]), start);
    } catch (NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }

  String line() {
    return pid + " " + (startOrNull == null ? "" : startOrNull) + "\n";
  }

  /** {@code process 4711 (since 10:02)}, with the day unless this process is of the same. */
  String text() {
    if (startOrNull == null) {
      return "process " + pid;
    }
    LocalDateTime start = local(startOrNull);
    Instant mine = here().startOrNull();
    boolean today = mine != null && local(mine).toLocalDate().equals(start.toLocalDate());
    String pattern = today ? "HH:mm" : "yyyy-MM-dd HH:mm";
    return "process %d (since %s)"
        .formatted(pid, start.format(DateTimeFormatter.ofPattern(pattern)));
  }

  private static LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneId.systemDefault());
  }
}
