package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The name that an output folder will have, and what may stand there before it.
 *
 * @param path absolute, with a parent
 * @param force whether a directory there may be replaced
 */
record Target(Path path, boolean force) {

  /**
   * Refuses what must not be replaced.
   *
   * @param shown what the message calls the target
   */
  void requireReplaceable(Path shown) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String place = "--out " + shown;
    if (!force) {
      throw new InputException(place + " exists: choose another folder or pass --force");
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new InputException(place + " is not a directory: --force replaces directories only");
    }
    refuseAncestor(place, "user.home", "home directory");
    refuseAncestor(place, "user.dir", "working directory");
  }

  private void refuseAncestor(String place, String property, String what) {
    String inner = System.getProperty(property, "");
    try {
      if (!inner.isEmpty()
          && Files.exists(Path.of(inner))
          && Path.of(inner).toRealPath().startsWith(path.toRealPath())) {
        throw new InputException(place + " holds the " + what + ": --force never replaces that");
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /**
   * Gives a folder the name; what stood there is moved back if that fails.
   *
   * @return where what stood there is now
   */
  Optional<Path> give(Path folder) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(folder, path, StandardCopyOption.ATOMIC_MOVE);
      return Optional.empty();
    }
    Path old = Leftovers.sibling(path, "old");
    Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(folder, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, path, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    return Optional.of(old);
  }
}
