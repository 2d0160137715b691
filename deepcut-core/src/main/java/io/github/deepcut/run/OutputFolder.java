package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * An output folder that appears whole or not at all. Everything is written to a hidden sibling,
 * {@code .<name>.tmp-<random>}; {@link #commit} gives it its name in one rename. Without a commit,
 * {@link #close} or the end of the process (Ctrl-C included) deletes the sibling.
 *
 * <pre>{@code
 * try (OutputFolder out = OutputFolder.create(path, force)) {
 *   model.writeTo(out.path(), tensors, null);
 *   out.commit();
 * }
 * }</pre>
 *
 * <p>Only a process that is killed outright leaves something behind: the {@code .tmp-} sibling, or,
 * in the instant between the two renames of a forced commit, the earlier folder under the name
 * {@code .<name>.old-<random>}.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path out;
  private final boolean force;
  private final Path temporary;
  private final Thread hook;
  private boolean open = true;

  private OutputFolder(Path out, boolean force, Path temporary) {
    this.out = out;
    this.force = force;
    this.temporary = temporary;
    this.hook = new Thread(this::deleteQuietly, "delete " + temporary.getFileName());
  }

  /**
   * Makes the temporary sibling of {@code out}, and the parent folders that are missing.
   *
   * @param out where the result shall be
   * @param force whether a directory at {@code out} may be replaced
   * @throws InputException if {@code out} exists and {@code force} is off; if what is there is not
   *     a directory, or holds the home or the working directory; if nothing can be written beside
   *     it
   */
  public static OutputFolder create(Path out, boolean force) {
    Path target = out.toAbsolutePath().normalize();
    if (target.getFileName() == null) {
      throw new InputException("--out " + out + " is the root: choose another folder");
    }
    checkReplaceable(out, target, force);
    OutputFolder folder = new OutputFolder(target, force, sibling(target, "tmp"));
    // Before the folder is there: a process that ends in between would leave it behind.
    Runtime.getRuntime().addShutdownHook(folder.hook);
    folder.make(out);
    return folder;
  }

  /** Deletes what processes that were killed have left beside {@code out}. */
  public static void sweep(Path out) {
    Path target = out.toAbsolutePath().normalize();
    if (target.getFileName() == null || !Files.isDirectory(target.getParent())) {
      return;
    }
    String left = "." + target.getFileName() + ".tmp-";
    try (var siblings = Files.list(target.getParent())) {
      for (Path p : siblings.filter(s -> s.getFileName().toString().startsWith(left)).toList()) {
        Trees.delete(p);
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(out, e);
    }
  }

  /** Where to write until {@link #commit}. */
  public Path path() {
    return temporary;
  }

  /** Where it will be after {@link #commit}. */
  public Path target() {
    return out;
  }

  /**
   * Gives the folder its name. With {@code force}, what stood there is moved aside first, moved
   * back if the rename fails, and deleted last.
   *
   * @throws InputException if {@code out} came into being meanwhile and {@code force} is off, or
   *     the rename fails; the result is then kept in {@link #path}, which the message names
   */
  public synchronized void commit() {
    if (!open) {
      throw new IllegalStateException(temporary + " is closed");
    }
    // The hook stays until the folder has its name: it waits for this lock, so that a process which
    // is told to end in here ends behind the rename.
    try {
      checkReplaceable(out, out, force);
      if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
        replace();
      } else {
        Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (InputException e) {
      throw new InputException(e.getMessage() + "; the result is kept in " + temporary, e);
    } catch (IOException e) {
      String why = FileErrors.unwritable(out, e).getMessage();
      throw new InputException(why + "; the result is kept in " + temporary, e);
    } finally {
      release();
    }
  }

  /**
   * Deletes the temporary folder unless it was committed.
   *
   * @throws InputException if it cannot be deleted
   */
  @Override
  public synchronized void close() {
    if (open) {
      release();
      try {
        Trees.delete(temporary);
      } catch (IOException e) {
        throw FileErrors.unwritable(temporary, e);
      }
    }
  }

  private synchronized void make(Path shown) {
    if (!open) {
      throw new IllegalStateException("the process is ending");
    }
    try {
      Files.createDirectories(out.getParent());
      Files.createDirectory(temporary);
    } catch (IOException e) {
      release();
      throw FileErrors.unwritable(shown, e);
    }
  }

  private void replace() throws IOException {
    Path old = sibling(out, "old");
    Files.move(out, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, out, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    Trees.delete(old);
  }

  private void release() {
    open = false;
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs or has run, and finds the folder closed.
      return;
    }
  }

  private synchronized void deleteQuietly() {
    if (!open) {
      return;
    }
    open = false;
    if (!Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Trees.delete(temporary);
    } catch (IOException e) {
      System.err.println(Printable.line(FileErrors.unwritable(temporary, e).getMessage()));
    }
  }

  private static void checkReplaceable(Path shown, Path target, boolean force) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String place = "--out " + shown;
    if (!force) {
      throw new InputException(place + " exists: choose another folder or pass --force");
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new InputException(place + " is not a directory: --force replaces directories only");
    }
    refuseAncestor(place, target, "user.home", "home directory");
    refuseAncestor(place, target, "user.dir", "working directory");
  }

  private static void refuseAncestor(String place, Path target, String property, String what) {
    String inner = System.getProperty(property, "");
    try {
      if (!inner.isEmpty()
          && Files.exists(Path.of(inner))
          && Path.of(inner).toRealPath().startsWith(target.toRealPath())) {
        throw new InputException(place + " holds the " + what + ": --force never replaces that");
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(target, e);
    }
  }

  private static Path sibling(Path target, String kind) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return target.resolveSibling("." + target.getFileName() + "." + kind + "-" + random);
  }
}
