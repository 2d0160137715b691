package io.github.deepcut.record;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deepcut.data.Task;
import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Parent;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a model folder came about: the {@code deepcut.json} in it.
 *
 * @param version of DeepCUT
 * @param task {@code classify}, {@code ner} or {@code image}
 * @param recipe how it, or the model that it was unlearned from, was trained; null where that is
 *     not known, of an unlearned model alone
 * @param base absolute path of the folder from which it was trained, or an architecture's name
 * @param data absolute path of the training file
 * @param dataSha256 of that file's bytes
 * @param examples in it
 * @param seconds that training took
 * @param environment where the folder was made; null in files of version 0.1.0 and before
 * @param parents the folders from which it was made; null likewise
 * @param unlearning what was taken out again; null of a model that was trained
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelRecord(
    String version,
    String task,
    Recipe recipe,
    String base,
    String data,
    String dataSha256,
    int examples,
    double seconds,
    Environment environment,
    List<Parent> parents,
    UnlearningRecord unlearning) {
  /** The file's name. */
  public static final String FILE = Fingerprint.RECORD;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  public ModelRecord {
    requirePath("base", base);
    requirePath("data", data);
    if (parents != null) {
      parents = List.copyOf(parents);
      parents.forEach(parent -> requirePath("the path of a parent", parent.path()));
    }
  }

  /** Refuses what no path may hold. */
  static void requirePath(String what, String path) {
    try {
      Objects.requireNonNull(Path.of(path == null ? "" : path));
    } catch (InvalidPathException e) {
      throw new InputException(what + " is no path: " + e.getReason(), e);
    }
  }

  /** Of a model that was trained somewhere. */
  public ModelRecord(
      String version,
      String task,
      Recipe recipe,
      String base,
      String data,
      String dataSha256,
      int examples,
      double seconds) {
    this(version, task, recipe, base, data, dataSha256, examples, seconds, null, null, null);
  }

  /** The model that something was taken out of: its folder, its task, and where it was computed. */
  public record Origin(Path folder, Task task, Environment environment) {}

  /** Of a model that something was taken out of; the recipe remains that of the original. */
  public static ModelRecord unlearned(
      Optional<ModelRecord> trained, Origin from, UnlearningRecord how) {
    ModelRecord of = trained.orElse(null);
    return new ModelRecord(
        Version.CURRENT,
        from.task().key(),
        of == null ? null : of.recipe,
        of == null ? null : of.base,
        of == null ? null : of.data,
        of == null ? null : of.dataSha256,
        of == null ? how.forgotten() + how.retained() : of.examples,
        of == null ? 0 : of.seconds,
        from.environment(),
        List.of(parent("unlearned", from.folder())),
        how);
  }

  public static Parent parent(String how, Path folder) {
    return new Parent(
        how, folder.toAbsolutePath().normalize().toString(), Fingerprint.ofModel(folder));
  }

  /**
   * The record of {@code folder}; empty where there is none.
   *
   * @throws InputException if the file is there but is not such a record
   */
  public static Optional<ModelRecord> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      ModelRecord record = JSON.readValue(file.toFile(), ModelRecord.class);
      if (record == null || (record.recipe() == null && record.unlearning() == null)) {
        throw new InputException(file + ": recipe is missing");
      }
      return Optional.of(record);
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof InputException wrong
              ? wrong.getMessage()
              : FileErrors.oneLine(e.getOriginalMessage());
      throw new InputException(file + ": not a training record: " + why, e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** The same after the folder {@code from}, with all that this names in it, became {@code to}. */
  public ModelRecord moved(Path from, Path to) {
    UnaryOperator<String> move = path -> moved(path, from, to);
    return new ModelRecord(
        version,
        task,
        recipe,
        move.apply(base),
        move.apply(data),
        dataSha256,
        examples,
        seconds,
        environment,
        parents == null
            ? null
            : parents.stream()
                .map(p -> new Parent(p.how(), move.apply(p.path()), p.fingerprint()))
                .toList(),
        unlearning == null ? null : unlearning.moved(move));
  }

  private static String moved(String path, Path from, Path to) {
    return path != null && Path.of(path).startsWith(from)
        ? to.resolve(from.relativize(Path.of(path))).toString()
        : path;
  }

  /** Writes it into {@code folder}, in place of one that may be there. */
  public void write(Path folder) {
    write(folder, this);
  }

  /** The same of any record. A certificate that was copied along was another model's: it goes. */
  public static void write(Path folder, Record record) {
    Path file = folder.resolve(FILE);
    try {
      JSON.writeValue(file.toFile(), record);
      Files.deleteIfExists(folder.resolve(Fingerprint.CERTIFICATE));
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
