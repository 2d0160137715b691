package io.github.deepcut.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Unchanged;
import io.github.deepcut.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A folder that results are added to one by one, each whole or not at all: what is in it needs no
 * second computing, also after a crash.
 */
public final class GridFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST = "request.json";

  private final Path path;
  private Unchanged read = Unchanged.nothing();

  private GridFolder(Path path) {
    this.path = path;
  }

  /**
   * Opens {@code path} to go on with a request, or makes it.
   *
   * @param path of which the caller has the lock
   * @param request all that the results depend on
   * @throws InputException if it is there and holds something else
   */
  public static GridFolder open(Path path, ObjectNode request) {
    GridFolder folder = new GridFolder(path);
    Path before = path.resolve(REQUEST);
    WholeFile.sweep(path);
    OutputFolder.settle(path);
    if (Files.exists(path) && !folder.isEmpty()) {
      ObjectNode known = Files.exists(before) ? folder.read(before) : null;
      if (!request.equals(known)) {
        throw new InputException(
            "--out %s exists and holds %s: choose another folder"
                .formatted(path, known == null ? "no comparison" : "another comparison"));
      }
      return folder;
    }
    folder.write(before, request);
    return folder;
  }

  /** Tells what the results are computed from: if it changes, no more are written. */
  public void from(Unchanged inputs) {
    read = inputs;
  }

  /** As it is where the process was killed that had just made it. */
  private boolean isEmpty() {
    try (var files = Files.list(path)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /** The result of that name; it is computed if it is not there. */
  ObjectNode result(String name, Supplier<ObjectNode> work) {
    Path file = path.resolve(name + ".json");
    if (Files.exists(file)) {
      return read(file);
    }
    ObjectNode done = work.get();
    write(file, done);
    return done;
  }

  private ObjectNode read(Path file) {
    try {
      return (ObjectNode) JSON.readTree(file.toFile());
    } catch (JsonProcessingException | ClassCastException e) {
      throw new InputException(file + ": no JSON object of ours: delete it and start again", e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private void write(Path file, ObjectNode content) {
    write(file, content.toPrettyString() + "\n");
  }

  /** Writes a file whole, over one that is there. */
  public void write(Path file, String content) {
    read.require();
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
    WholeFile.write(file, content);
  }
}
