package io.github.deepcut.record;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Names;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.run.WholeFile;
import io.github.deepcut.train.Batches;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which rows each model of an ensemble learns, and from which of its slices on (Bourtoule et al.,
 * arXiv 1912.03817, SISA training): the {@code ensemble.json} of its folder. Shards and slices
 * count from 1.
 *
 * @param format of the file, 1
 * @param version of DeepCUT
 * @param task {@code classify}, {@code ner} or {@code image}
 * @param base fingerprint of the folder that every model started from, or an architecture's name
 * @param recipe as for one model: its epochs are shared out among the slices, of its seed every
 *     slice has one of its own
 * @param shards the ids of the rows of each slice of each shard, in the order of the file
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShardPlan(
    int format,
    String version,
    String task,
    String base,
    Recipe recipe,
    List<List<List<String>>> shards) {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public ShardPlan {
    require(format == FORMAT, "format is " + format + ", expected " + FORMAT);
    require(task != null && base != null && recipe != null, "task, base or recipe is missing");
    require(shards != null && !shards.isEmpty(), "shards is missing");
    require(
        shards.stream().noneMatch(s -> s == null || s.stream().anyMatch(Objects::isNull))
            && shards.stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .noneMatch(Objects::isNull),
        "a shard, a slice or a row's id is null");
    int slices = shards.get(0).size();
    require(slices >= 1, "slices is 0, expected >= 1");
    require(
        shards.stream().allMatch(s -> s.size() == slices),
        "the shards differ in their number of slices");
    require(
        shards.stream().noneMatch(s -> s.stream().allMatch(List::isEmpty)),
        "a shard holds no rows");
    Set<String> ids = new HashSet<>();
    shards.stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .forEach(id -> require(ids.add(id), "row '" + id + "' is there twice"));
    int least = (slices + 2) / 2;
    require(
        recipe.epochs() >= least,
        "epochs is %d, expected >= %d: they are shared out among %d slices"
            .formatted(recipe.epochs(), least, slices));
  }

  /**
   * Shares out rows at random, so that slices differ by one row at most.
   *
   * @throws InputException if there are not enough of them
   */
  public static ShardPlan of(
      Dataset data, ModelFolder base, Recipe recipe, int shards, int slices) {
    require(shards >= 1, "shards is " + shards + ", expected >= 1");
    require(slices >= 1, "slices is " + slices + ", expected >= 1");
    require(
        (long) shards * slices <= data.size(),
        "%s has %d rows, too few for %d shards of %d slices"
            .formatted(data.source(), data.size(), shards, slices));
    List<Integer> order = new ArrayList<>(IntStream.range(0, data.size()).boxed().toList());
    Batches.shuffle(order, Run.of(recipe.seed()).random("shards"));
    List<List<List<String>>> ids = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      ids.add(new ArrayList<>());
      for (int slice = 0; slice < slices; slice++) {
        ids.get(shard).add(ids(data, order, slice * shards + shard, shards * slices));
      }
    }
    return new ShardPlan(
        FORMAT, Version.CURRENT, data.task().key(), fingerprint(base), recipe, ids);
  }

  /** The ids of every {@code step}-th row of the order, in the order of the file. */
  private static List<String> ids(Dataset data, List<Integer> order, int first, int step) {
    return IntStream.iterate(first, k -> k < order.size(), k -> k + step)
        .map(order::get)
        .sorted()
        .mapToObj(data::id)
        .toList();
  }

  /** What {@link #base} must be for models that start from it. */
  public static String fingerprint(ModelFolder base) {
    return Files.isDirectory(base.path()) ? Fingerprint.ofModel(base.path()) : base.origin();
  }

  /** How many slices every shard has. */
  public int slices() {
    return shards.get(0).size();
  }

  /**
   * Where the model of a shard lies after a slice; after the last one it is the one that answers.
   */
  public static Path folder(Path ensemble, int shard, int slice) {
    return ensemble.resolve("shard-" + shard).resolve("slice-" + slice);
  }

  /**
   * How a shard is trained in a slice, on it and those before. Of e epochs and R slices it has 2 e
   * / (R + 1), which makes the work of e epochs on the whole shard; the fractions are rounded so
   * that the epochs up to each slice are right.
   */
  public Recipe recipe(int shard, int slice) {
    double each = 2.0 * recipe.epochs() / (slices() + 1);
    long epochs = Math.round(each * slice) - Math.round(each * (slice - 1));
    long seed = Run.of(recipe.seed()).random("shard " + shard + " slice " + slice).nextLong();
    return recipe.withEpochs((int) epochs).withSeed(seed);
  }

  /** The ids that a shard has learnt after a slice. */
  public Set<String> learnt(int shard, int slice) {
    Set<String> ids = new HashSet<>();
    shards.get(shard - 1).subList(0, slice).forEach(ids::addAll);
    return ids;
  }

  /**
   * The same as positions in {@code data}, ascending.
   *
   * @throws InputException if it lacks some
   */
  public int[] positions(int shard, int slice, Dataset data) {
    Set<String> ids = learnt(shard, slice);
    int[] rows = IntStream.range(0, data.size()).filter(i -> ids.contains(data.id(i))).toArray();
    if (rows.length < ids.size()) {
      IntStream.of(rows).mapToObj(data::id).forEach(ids::remove);
      throw new InputException(
          "%s lacks %d rows of shard %d, among them %s"
              .formatted(data.source(), ids.size(), shard, Names.first(3, ids)));
    }
    return rows;
  }

  /** The first slice of a shard that has one of these rows; one more than there are if none has. */
  public int firstWith(Set<String> ids, int shard) {
    List<List<String>> slices = shards.get(shard - 1);
    return 1
        + IntStream.range(0, slices.size())
            .filter(s -> slices.get(s).stream().anyMatch(ids::contains))
            .findFirst()
            .orElse(slices.size());
  }

  /**
   * The same without these rows.
   *
   * @throws InputException if a shard would be left without any
   */
  public ShardPlan without(Set<String> ids) {
    return new ShardPlan(
        FORMAT,
        Version.CURRENT,
        task,
        base,
        recipe,
        shards.stream()
            .map(s -> s.stream().map(r -> r.stream().filter(i -> !ids.contains(i)).toList()))
            .map(Stream::toList)
            .toList());
  }

  /** Whether a folder is an ensemble's. */
  public static boolean isAt(Path folder) {
    return Files.exists(folder.resolve(Fingerprint.ENSEMBLE));
  }

  /**
   * That of an ensemble.
   *
   * @throws InputException if the file cannot be read, or contradicts itself
   */
  public static ShardPlan read(Path ensemble) {
    Path file = ensemble.resolve(Fingerprint.ENSEMBLE);
    try {
      ShardPlan plan = JSON.readValue(file.toFile(), ShardPlan.class);
      require(plan != null, file + ": must hold a JSON object, found null");
      return plan;
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof InputException wrong
              ? wrong.getMessage()
              : e.getOriginalMessage();
      throw new InputException(file + ": not the manifest of an ensemble: " + why, e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** Writes it into an ensemble's folder. */
  public void write(Path ensemble) {
    try {
      WholeFile.write(ensemble.resolve(Fingerprint.ENSEMBLE), JSON.writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan is always JSON", e);
    }
  }

  private static void require(boolean ok, String message) {
    if (!ok) {
      throw new InputException(message);
    }
  }
}
