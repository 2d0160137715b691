package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This process's own folder in the temporary folder, {@code deepcut-<pid>-<random>}, for copies of
 * data: its owner alone may look into it. It goes with the process; where that was killed outright,
 * {@link #sweep} of a later one deletes it, which a {@link ProcessLock} tells from those in use.
 */
public final class Scratch {
  private static final Pattern LOCK = Pattern.compile("\\.(deepcut-\\d+-[0-9a-f]{8})\\.lock");

  private static Path folder;
  private static ProcessLock lock;
  private static boolean ended;

  private Scratch() {}

  /** The system's temporary folder. */
  public static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * The folder; it is made when it is first asked for.
   *
   * @throws InputException if nothing can be written to the temporary folder
   */
  public static synchronized Path folder() {
    if (folder == null) {
      if (ended) {
        throw new IllegalStateException("the process is ending");
      }
      sweep();
      Runtime.getRuntime().addShutdownHook(new Thread(Scratch::end, "delete temporary files"));
      make();
    }
    return folder;
  }

  /** Deletes it, at the end of a process that ends without its shutdown hooks. */
  public static synchronized void end() {
    ended = true;
    if (folder == null) {
      return;
    }
    try (ProcessLock held = lock) {
      Trees.delete(folder);
    } catch (IOException | InputException e) {
      return; // a library that is still loaded, on Windows: for the next sweep
    } finally {
      folder = null;
    }
  }

  /** Deletes the folders of this user's processes that were killed. */
  public static void sweep() {
    try (var list = Files.list(temporary())) {
      for (Path file : list.toList()) {
        Matcher name = LOCK.matcher(file.getFileName().toString());
        if (name.matches() && isMine(file)) {
          sweep(file.resolveSibling(name.group(1)));
        }
      }
    } catch (IOException e) {
      return; // whoever has something to write there will say why that cannot be done
    }
  }

  private static void sweep(Path left) throws IOException {
    ProcessLock taken = ProcessLock.attempt(left).lockOrNull();
    if (taken == null) {
      return;
    }
    try (taken) {
      if (taken.isHeld() && Files.exists(left, LinkOption.NOFOLLOW_LINKS)) {
        Trees.delete(left);
      }
    }
  }

  /** Whether a file is this user's, and no link. */
  public static boolean isMine(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName().equals(me());
  }

  private static String me() throws IOException {
    Path self = Path.of("/proc/self"); // also where this user has a number and no name
    return Files.exists(self)
        ? Files.getOwner(self).getName()
        : ProcessHandle.current().info().user().orElse(System.getProperty("user.name"));
  }

  private static void make() {
    String random = UUID.randomUUID().toString().substring(0, 8);
    Path made = temporary().resolve("deepcut-" + ProcessHandle.current().pid() + "-" + random);
    try {
      lock = ProcessLock.attempt(made).lockOrNull();
      Files.createDirectory(made, ownerOnly());
      folder = made;
    } catch (IOException e) {
      throw FileErrors.unwritable(made, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
