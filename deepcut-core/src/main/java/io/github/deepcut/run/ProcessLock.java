package io.github.deepcut.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What one process alone may do with a path. The lock is one of the operating system, on the hidden
 * sibling {@code .<name>.lock}, so it ends with its process, however that ends; the file tells who
 * holds it, and goes with {@link #close}. One that a killed process left is taken over.
 */
public final class ProcessLock implements AutoCloseable {
  /** Behind all text: where locks are mandatory, the owner can still be read. */
  private static final long FAR = Long.MAX_VALUE - 1;

  /** How often to look who has the lock: a second together. */
  private static final int TRIES = 20;

  /** What this process holds: the system's lock is one of processes, not of threads. */
  private static final Set<Path> MINE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final boolean locked;
  private Thread hook;
  private boolean open = true;

  private ProcessLock(Path file, FileChannel channel, boolean locked) {
    this.file = file;
    this.channel = channel;
    this.locked = locked;
  }

  /** What came of trying: the lock, or else the words that tell who has it. */
  public record Attempt(ProcessLock lockOrNull, String owner) {}

  /**
   * Takes the lock unless somebody has it.
   *
   * @param guarded need not exist; its folder must
   */
  public static Attempt attempt(Path guarded) throws IOException {
    Path file = fileOf(guarded);
    if (!MINE.add(file)) {
      return new Attempt(null, Owner.here().text());
    }
    Attempt got = null;
    try {
      do {
        got = once(file);
      } while (got == null);
      return got;
    } finally {
      if (got == null || got.lockOrNull() == null) {
        MINE.remove(file);
      }
    }
  }

  /** The lock's file. */
  static Path fileOf(Path guarded) throws IOException {
    Path parent = guarded.toAbsolutePath().normalize().getParent().toRealPath();
    return parent.resolve("." + guarded.getFileName() + ".lock");
  }

  /** Null if the file was exchanged meanwhile, by an owner who was about to leave. */
  private static Attempt once(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // somebody's who has the lock or was killed
    }
    // A channel does not tell its file. But if the name stood for the same file before it was
    // opened and stands for it now that it is locked, then that is the file: an open one keeps its
    // key to itself.
    Object before = key(file);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    Attempt got = null;
    try {
      got = locked(file, channel, before);
      return got;
    } finally {
      if (got == null || got.lockOrNull() == null) {
        channel.close();
      }
    }
  }

  private static Attempt locked(Path file, FileChannel channel, Object before) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(FAR, 1, false);
    } catch (IOException e) { // a file system without locks, such as some that lie on a network
      return new Attempt(new ProcessLock(file, channel, false), e.getMessage());
    }
    if (lock == null) {
      return new Attempt(null, owner(channel));
    }
    if (before == null || !before.equals(key(file))) {
      return null;
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(Owner.here().line().getBytes(StandardCharsets.UTF_8)), 0);
    return new Attempt(new ProcessLock(file, channel, true), "");
  }

  /** Who has the lock; its process may have taken it just now, and be about to write its name. */
  private static String owner(FileChannel channel) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Owner owner = Owner.read(channel);
      if (owner != null) {
        return owner.text();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return "another process";
  }

  /** What tells a file from every other that is there; null if it is gone. */
  private static Object key(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? file : key; // Windows has none, and lets nobody delete an open file
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Whether it keeps others away; not where the file system knows no locks. */
  public boolean isHeld() {
    return locked;
  }

  /** Lets it be given back also by a process that is told to end. */
  public synchronized ProcessLock untilTheEnd() {
    hook = new Thread(this::close, "unlock " + file.getFileName());
    Runtime.getRuntime().addShutdownHook(hook);
    return this;
  }

  /** Gives it back and deletes its file. */
  @Override
  public void close() {
    release();
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) { // the process is ending: the hook finds it closed
      return;
    }
  }

  private synchronized void release() {
    if (!open) {
      return;
    }
    open = false;
    try (channel) {
      Files.deleteIfExists(file); // before others can have the lock
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    } finally {
      MINE.remove(file);
    }
  }
}
