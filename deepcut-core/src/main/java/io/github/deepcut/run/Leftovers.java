package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden siblings of an output, by their names, and what becomes of those that a killed process
 * left. Only who holds the output's lock may ask.
 *
 * <pre>
 * .out.tmp-1a2b3c4d         the folder before it has its name
 * .out.tmp-1a2b3c4d.NAME    a file that will lie beside it, as out.NAME
 * .out.tmp-1a2b3c4d.done    beside a folder whose commit began: it ends the checkpoint
 * .out.old-1a2b3c4d         what stood there before, during a commit that replaces it
 * </pre>
 */
final class Leftovers {
  /** The sibling that says that the checkpoint is not needed any more. */
  static final String DONE = "done";

  private final Path out;
  private final Pattern names;

  /**
   * @param out absolute, with a parent
   */
  Leftovers(Path out) {
    this.out = out;
    this.names =
        Pattern.compile(
            "\\.%s\\.(tmp|old)-([0-9a-f]{8})(?:\\.(.+))?"
                .formatted(Pattern.quote(out.getFileName().toString())));
  }

  /** A new sibling. */
  static Path sibling(Path out, String kind) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return out.resolveSibling("." + out.getFileName() + "." + kind + "-" + random);
  }

  /**
   * Brings to its end what a killed process began: a commit whose folder has its name is completed,
   * any other is undone, and the rest is deleted.
   */
  void settle() throws IOException {
    List<Path> all = siblings();
    for (Path p : all) {
      if (isFolderOf("old", p) && !exists(out)) { // killed between the two renames: it is whole
        Files.move(p, out, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    for (Path p : all) {
      Matcher name = names.matcher(p.getFileName().toString());
      if (name.matches()
          && name.group(3) != null
          && Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)) {
        settle(p, name.group(3));
      }
    }
    for (Path p : all) {
      if (Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)) {
        Trees.delete(p);
      }
    }
    Path gone = Checkpoint.folder(out).resolveSibling(out.getFileName() + ".checkpoint.gone");
    if (exists(gone)) {
      Trees.delete(gone);
    }
  }

  /** A file beside the folder: if that is not hidden any more, the commit went through. */
  private void settle(Path file, String suffix) throws IOException {
    String name = file.getFileName().toString();
    Path folder = file.resolveSibling(name.substring(0, name.length() - suffix.length() - 1));
    if (exists(folder) || !exists(out)) {
      Files.delete(file);
    } else {
      publish(file, suffix);
    }
  }

  /** Gives a file beside a committed folder its name; {@link #DONE} ends the checkpoint instead. */
  void publish(Path file, String suffix) throws IOException {
    if (suffix.equals(DONE)) {
      Checkpoint.discard(out);
      Files.delete(file);
    } else {
      Path target = out.resolveSibling(out.getFileName() + "." + suffix);
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The outputs in a folder that have hidden siblings. */
  static List<Path> outputs(Path folder) throws IOException {
    Pattern any = Pattern.compile("\\.(.+)\\.(?:(?:tmp|old)-[0-9a-f]{8}(?:\\..+)?|lock)");
    try (var list = Files.list(folder)) {
      return list.map(p -> any.matcher(p.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> folder.resolve(name.group(1)))
          .distinct()
          .toList();
    }
  }

  private List<Path> siblings() throws IOException {
    try (var list = Files.list(out.getParent())) {
      return list.filter(p -> names.matcher(p.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private boolean isFolderOf(String kind, Path p) {
    Matcher name = names.matcher(p.getFileName().toString());
    return name.matches()
        && name.group(1).equals(kind)
        && name.group(3) == null
        && Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean exists(Path p) {
    return Files.exists(p, LinkOption.NOFOLLOW_LINKS);
  }
}
