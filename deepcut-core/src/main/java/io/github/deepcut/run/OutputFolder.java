package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An output folder that appears whole or not at all. Everything is written to a hidden sibling,
 * {@code .<name>.tmp-<random>}; {@link #commit} gives it its name in one rename. Without a commit,
 * {@link #close} or the end of the process (Ctrl-C included) deletes the sibling.
 *
 * <pre>{@code
 * try (OutputFolder out = OutputFolder.create(path, force)) {
 *   model.writeTo(out.path(), tensors);
 *   out.commit();
 * }
 * }</pre>
 *
 * <p>From {@link #create} to {@link #close} no other process can make the same folder: see {@link
 * ProcessLock}. What one that was killed outright left behind goes when the same folder is made
 * again: see {@link Leftovers}.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path out;
  private final Target name;
  private final Path temporary;
  private final Thread hook;
  private final Map<String, Path> beside = new LinkedHashMap<>();
  private Unchanged read = Unchanged.nothing();
  private ProcessLock lock;
  private boolean open = true;

  private OutputFolder(Path out, boolean force) {
    this.out = out;
    this.name = new Target(out, force);
    this.temporary = Leftovers.sibling(out, "tmp");
    this.hook = new Thread(this::closeQuietly, "delete " + temporary.getFileName());
  }

  /**
   * Makes the temporary sibling of {@code out}, and the parent folders that are missing.
   *
   * @param out where the result shall be
   * @param force whether a directory at {@code out} may be replaced
   * @throws InputException if another process is making it; if {@code out} exists and {@code force}
   *     is off; if what is there is not a directory, or holds the home or the working directory; if
   *     nothing can be written beside it
   */
  public static OutputFolder create(Path out, boolean force) {
    Path target = out.toAbsolutePath().normalize();
    if (target.getFileName() == null) {
      throw new InputException("--out " + out + " is the root: choose another folder");
    }
    OutputFolder folder = new OutputFolder(target, force);
    // Before anything is there: a process that ends in between would leave it behind.
    Runtime.getRuntime().addShutdownHook(folder.hook);
    try {
      folder.make(out);
      return folder;
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Takes the lock on {@code out}, which need not be a folder that appears whole; says so on
   * standard error where the file system has no locks.
   *
   * @throws InputException if another process has it
   */
  public static ProcessLock lock(Path out) {
    Path target = out.toAbsolutePath().normalize();
    try {
      Files.createDirectories(target.getParent());
      ProcessLock.Attempt attempt = ProcessLock.attempt(target);
      if (attempt.lockOrNull() == null) {
        throw new InputException("--out " + out + " is being written by " + attempt.owner());
      }
      if (!attempt.lockOrNull().isHeld()) {
        String note =
            "note: %s: this file system has no locks (%s): see to it that no other run writes"
                + " there";
        System.err.println(Printable.line(note.formatted(out, attempt.owner())));
      }
      return attempt.lockOrNull();
    } catch (IOException e) {
      throw FileErrors.unwritable(out, e);
    }
  }

  /**
   * Clears away what killed processes left of output folders in {@code parent}; those that are
   * being made stay.
   *
   * @param parent need not be there
   */
  public static void settle(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try {
      for (Path out : Leftovers.outputs(parent.toAbsolutePath().normalize())) {
        try (ProcessLock taken = ProcessLock.attempt(out).lockOrNull()) {
          if (taken != null) {
            new Leftovers(out).settle();
          }
        }
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(parent, e);
    }
  }

  /** Tells what is read to make the folder: if it changes meanwhile, there is no commit. */
  public void from(Unchanged inputs) {
    read = inputs;
  }

  /**
   * Complains if what is read to make the folder has changed.
   *
   * @throws InputException then
   */
  public void requireUnchanged() {
    read.require();
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
   * Writes a file that appears with the folder, as {@code <out>.<suffix>} beside it, in place of
   * one that is there.
   *
   * @throws InputException if that fails
   */
  public synchronized void beside(String suffix, String content) {
    requireOpen();
    Path file = temporary.resolveSibling(temporary.getFileName() + "." + suffix);
    beside.put(suffix, file);
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  /**
   * Gives the folder its name, and what shall lie beside it too; the checkpoint of the work goes.
   * With {@code force}, what stood there is moved aside first, moved back if the rename fails, and
   * deleted last. A process that is killed in here has done all or nothing once the next one has
   * begun.
   *
   * @throws InputException if an input has changed since it was read, and nothing is written then;
   *     if {@code out} came into being meanwhile and {@code force} is off, or the rename fails; the
   *     result is then kept under a name that the message tells
   */
  public synchronized void commit() {
    requireOpen();
    read.require();
    // The hook waits for this lock, so that a process which is told to end in here ends behind the
    // rename.
    try {
      if (Files.isDirectory(Checkpoint.folder(out))) {
        beside(Leftovers.DONE, "");
      }
      name.requireReplaceable(out);
      Optional<Path> old = name.give(temporary);
      open = false;
      Leftovers names = new Leftovers(out);
      for (var file : beside.entrySet()) {
        names.publish(file.getValue(), file.getKey());
      }
      if (old.isPresent()) {
        Trees.delete(old.get());
      }
    } catch (InputException e) {
      throw new InputException(e.getMessage() + kept(), e);
    } catch (IOException e) {
      throw new InputException(FileErrors.unwritable(out, e).getMessage() + kept(), e);
    }
  }

  /**
   * Deletes the temporary folder unless it was committed, and lets others have the name.
   *
   * @throws InputException if it cannot be deleted
   */
  @Override
  public void close() {
    try {
      release();
    } finally {
      removeHook();
    }
  }

  private synchronized void release() {
    try {
      if (open) {
        open = false;
        for (Path file : beside.values()) { // first: beside no folder they would be taken for done
          Files.deleteIfExists(file);
        }
        if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
          Trees.delete(temporary);
        }
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(temporary, e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException(temporary + " is closed");
    }
  }

  private synchronized void make(Path shown) {
    if (!open) {
      throw new IllegalStateException("the process is ending");
    }
    lock = lock(shown);
    try {
      new Leftovers(out).settle();
      name.requireReplaceable(shown);
      Files.createDirectory(temporary);
    } catch (IOException e) {
      throw FileErrors.unwritable(shown, e);
    }
  }

  /** Saves a result that cannot have its name from being swept away, if that can be done. */
  private String kept() {
    if (!open) {
      return "";
    }
    open = false;
    Path kept = Leftovers.sibling(out, "kept");
    try {
      for (Path file : beside.values()) {
        Files.deleteIfExists(file);
      }
      Files.move(temporary, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      kept = temporary;
    }
    return "; the result is kept in " + kept;
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs or has run, and finds the folder closed.
      return;
    }
  }

  private void closeQuietly() {
    try {
      release();
    } catch (InputException e) {
      System.err.println(Printable.line(e.getMessage()));
    }
  }
}
