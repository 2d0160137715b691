package io.github.deepcut.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The state of work under way: tensors by name, and some values. One safetensors file holds it,
 * written aside, forced to the disk and renamed, so that it is there whole or not at all.
 */
public final class Snapshot {
  private static final String VALUES = "state";
  private static final String IDENTITY = "identity";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final ObjectNode values;
  private final Path file;

  private Snapshot(ObjectNode values, Path file) {
    this.values = values;
    this.file = file;
  }

  /** An empty one, to be filled. */
  public Snapshot() {
    this(JSON.createObjectNode(), null);
  }

  /** The values, to be filled. */
  public ObjectNode values() {
    return values;
  }

  /**
   * The value of that name.
   *
   * @throws InputException if the file has none
   */
  public JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw damaged(file, "it holds no " + name);
    }
    return value;
  }

  /** Adds tensors under {@code prefix}; they are read when the snapshot is written. */
  public Snapshot put(String prefix, Map<String, Tensor> some) {
    some.forEach((name, t) -> tensors.put(prefix + name, t));
    return this;
  }

  /** Adds an array of numbers. */
  public Snapshot put(String name, float[] array) {
    tensors.put(name, Tensor.create(array, array.length));
    return this;
  }

  /**
   * The array of that name.
   *
   * @throws InputException if the file has none of that length
   */
  public float[] array(String name, int length) {
    return Tensors.floats(tensor(name, new long[] {length}));
  }

  private Tensor tensor(String name, long[] shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
      throw damaged(file, "it holds no " + name + " of shape " + Arrays.toString(shape));
    }
    return tensor;
  }

  /** Whether anything lies under {@code prefix}. */
  public boolean has(String prefix) {
    return tensors.keySet().stream().anyMatch(n -> n.startsWith(prefix));
  }

  /**
   * Writes what lies under {@code prefix} into the tensors of those names.
   *
   * @throws InputException if the file lacks one of its shape
   */
  public void restore(String prefix, Map<String, Tensor> into) {
    try (var noGrad = new NoGradGuard()) {
      into.forEach((name, t) -> t.copy_(tensor(prefix + name, t.shape())));
    }
  }

  /**
   * Keeps the state if it is time to. A disk that is full costs a warning, not the run; the state
   * kept before stays.
   */
  public static void offer(Run run, Supplier<Snapshot> state) {
    Checkpoint checkpoint = run.checkpoint();
    if (!checkpoint.due()) {
      return;
    }
    String identity = checkpoint.identity(); // what is wrong with that is wrong with the run
    try (var scope = new PointerScope()) {
      Snapshot snapshot = state.get();
      snapshot.values.put("spent_ms", checkpoint.spent().toMillis());
      snapshot.write(checkpoint.file(), identity);
    } catch (InputException e) {
      run.progress().say("warning: no checkpoint: " + e.getMessage());
    }
  }

  /**
   * The state to go on from, in the caller's pointer scope.
   *
   * @throws InputException if the file is damaged or of other work
   */
  public static Optional<Snapshot> last(Run run) {
    Optional<Path> saved = run.checkpoint().saved();
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    SafeTensors file = SafeTensors.open(saved.get());
    String identity = file.metadata().getOrDefault(IDENTITY, "");
    if (!identity.equals(run.checkpoint().identity())) {
      throw new InputException(
          "%s is a checkpoint of other work: found %s, expected %s; leave --resume out to start anew"
              .formatted(saved.get(), identity, run.checkpoint().identity()));
    }
    try {
      String json = file.metadata().getOrDefault(VALUES, "");
      if (!(JSON.readTree(json) instanceof ObjectNode values)) {
        throw damaged(saved.get(), "its metadata are no JSON object");
      }
      Snapshot snapshot = new Snapshot(values, saved.get());
      file.entries().keySet().forEach(n -> snapshot.tensors.put(n, file.read(n)));
      run.checkpoint().before(Duration.ofMillis(values.path("spent_ms").asLong()));
      return Optional.of(snapshot);
    } catch (JsonProcessingException e) {
      throw damaged(saved.get(), "its metadata are not JSON");
    }
  }

  private static InputException damaged(Path file, String how) {
    return new InputException(
        file + ": a damaged checkpoint, " + how + "; leave --resume out to start anew");
  }

  private void write(Path to, String identity) {
    Path aside = to.resolveSibling(to.getFileName() + ".tmp");
    List<TensorSource> sources = new ArrayList<>();
    tensors.forEach((name, t) -> sources.add(TensorSource.Values.of(name, t)));
    try {
      Files.createDirectories(to.getParent());
      Files.deleteIfExists(aside);
      SafeTensors.write(aside, Map.of(VALUES, values.toString(), IDENTITY, identity), sources);
      force(aside, StandardOpenOption.WRITE);
      Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(to.getParent(), StandardOpenOption.READ);
    } catch (IOException | InputException e) {
      deleteQuietly(aside);
      to.getParent().toFile().delete(); // unless a state of before is in it
      throw e instanceof IOException io ? FileErrors.unwritable(to, io) : (InputException) e;
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    } catch (IOException e) {
      if (!Files.isDirectory(path)) { // some systems cannot open a folder
        throw e;
      }
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
