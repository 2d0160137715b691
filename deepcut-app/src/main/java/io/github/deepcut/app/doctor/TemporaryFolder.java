package io.github.deepcut.app.doctor;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the temporary folder has room, and whether libraries in it may run. */
final class TemporaryFolder {
  private static final String NAME = "temporary folder";
  private static final String MEND = "set TMPDIR to a folder that ";

  /** DuckDB's library is 57 to 107 MB. */
  private static final long LEAST = 256L << 20;

  private TemporaryFolder() {}

  static Finding look(Path folder) {
    Path probe = null;
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String found = folder + ", " + Memory.size(free) + " free";
      boolean own = folder.equals(Scratch.temporary());
      probe = Files.createTempFile(own ? Scratch.folder() : folder, "doctor", ".sh");
      if (!runs(probe)) {
        return Finding.fail(
            NAME,
            found + "; programs in it may not run, so DuckDB's library will not load",
            MEND + "is not mounted noexec");
      }
      return free < LEAST
          ? Finding.warn(
              NAME, found, "DuckDB's library alone needs 57 MB: make room, or " + MEND + "has more")
          : Finding.ok(NAME, found + "; programs in it may run");
    } catch (IOException | InputException e) {
      return Finding.fail(NAME, folder + ": cannot be written", MEND + "can be written");
    } finally {
      delete(probe);
    }
  }

  private static boolean runs(Path script) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return true;
    }
    Files.writeString(script, "#!/bin/sh\nexit 0\n");
    if (!script.toFile().setExecutable(true, true)) {
      return false;
    }
    try {
      return new ProcessBuilder(List.of(script.toString())).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path probeOrNull) {
    if (probeOrNull != null) {
      probeOrNull.toFile().delete();
    }
  }
}
