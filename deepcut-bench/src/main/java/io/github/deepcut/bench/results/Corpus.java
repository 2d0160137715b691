package io.github.deepcut.bench.results;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Mention;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.train.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The real datasets of the results, each with its split and its structured request. */
enum Corpus {
  NCBI_DISEASE("ncbi-disease", Task.NER, false, 10),
  CLINC150("clinc150", Task.CLASSIFY, true, 10),
  BROAD_TWITTER("broad-twitter-corpus", Task.NER, false, 10),
  PRESIDIO("presidio-synth-pii", Task.NER, false, 20),
  SMS_SPAM("sms-spam", Task.CLASSIFY, true, 10),
  /** A model that was stopped early: at a twentieth of the rate, so far from its optimum. */
  CLINC150_EARLY("clinc150", Task.CLASSIFY, true, 15);

  /** Those of docs/results.md. */
  static final Set<Corpus> PUBLISHED = EnumSet.complementOf(EnumSet.of(CLINC150_EARLY));

  /** Training, held-out and test examples; the training table keeps its columns for SQL. */
  record Parts(Table train, Dataset heldOut, Dataset test) {}

  private final String folder;
  private final Task task;
  private final boolean lowerCase;
  private final int epochs;

  Corpus(String folder, Task task, boolean lowerCase, int epochs) {
    this.folder = folder;
    this.task = task;
    this.lowerCase = lowerCase;
    this.epochs = epochs;
  }

  /** Its name in the results. */
  String key() {
    return this == CLINC150_EARLY ? "clinc150-early" : folder;
  }

  Task task() {
    return task;
  }

  boolean lowerCase() {
    return lowerCase;
  }

  /**
   * From scratch, so at a rate and for as long as memorises the training data. At 1e-3 one training
   * on sms-spam of 26 learnt nothing.
   */
  Recipe recipe(long seed) {
    double rate =
        switch (this) {
          case CLINC150_EARLY -> 5e-5;
          case SMS_SPAM -> 5e-4;
          default -> 1e-3;
        };
    return new Recipe(epochs, 32, rate, 0.1, 0.01, 1.0, 0, 128, false, seed);
  }

  Parts read(Path data) {
    Path dir = data.resolve(folder);
    return switch (this) {
      case NCBI_DISEASE -> files(dir, ".tsv.gz");
      case BROAD_TWITTER -> files(dir, ".conll.gz");
      case CLINC150, CLINC150_EARLY, SMS_SPAM -> files(dir, ".jsonl.gz");
      case PRESIDIO ->
          byTemplate(DatasetReader.read(dir.resolve("synth_dataset_v2.bio.tsv.gz"), task));
    };
  }

  private Parts files(Path dir, String extension) {
    return new Parts(
        DatasetReader.read(dir.resolve("train" + extension), task),
        DatasetReader.read(dir.resolve("dev" + extension), task).dataset(),
        DatasetReader.read(dir.resolve("test" + extension), task).dataset());
  }

  /** 70 % of the templates train, 15 % are held out, 15 % test: no template is in two parts. */
  private static Parts byTemplate(Table all) {
    List<String> templates = column(all, "template_id");
    List<String> shuffled = new ArrayList<>(templates.stream().distinct().sorted().toList());
    io.github.deepcut.train.Batches.shuffle(shuffled, new SplittableRandom(7));
    Map<String, Double> place = new TreeMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      place.put(shuffled.get(i), (i + 0.5) / shuffled.size());
    }
    int[] train = where(all.size(), i -> place.get(templates.get(i)) < 0.7);
    List<Column> extras =
        all.extras().stream()
            .map(c -> new Column(c.name(), c.type(), at(c.values(), train)))
            .toList();
    Dataset data = all.dataset();
    return new Parts(
        new Table(data.select(train), at(all.rawIds(), train), extras),
        data.select(
            where(
                all.size(),
                i -> place.get(templates.get(i)) >= 0.7 && place.get(templates.get(i)) < 0.85)),
        data.select(where(all.size(), i -> place.get(templates.get(i)) >= 0.85)));
  }

  private static int[] where(int n, Predicate<Integer> wanted) {
    return IntStream.range(0, n).filter(wanted::test).toArray();
  }

  private static <T> List<T> at(List<T> list, int[] positions) {
    return Arrays.stream(positions).mapToObj(list::get).toList();
  }

  /** The column that tells whose a row is, if there is one. */
  Optional<String> subject() {
    return this == PRESIDIO ? Optional.of("template_id") : Optional.empty();
  }

  /** The subject with the most rows, of those with at most 1.5 % of them. */
  ForgetRequest someone(Table train) {
    String column = subject().orElseThrow();
    List<String> values = column(train, column);
    String value = frequent(values.stream(), train.size());
    return new ForgetRequest.Where("%s = '%s'".formatted(column, value));
  }

  /** The class of which half is forgotten, if there is one. */
  Optional<String> halved() {
    return switch (this) {
      case SMS_SPAM -> Optional.of("spam");
      case CLINC150, CLINC150_EARLY -> Optional.of("translate");
      default -> Optional.empty();
    };
  }

  /** Every other row of the class. */
  ForgetRequest half(Table train) {
    String label = halved().orElseThrow();
    List<Example> examples = train.dataset().examples();
    int[] of = where(examples.size(), i -> ((LabeledText) examples.get(i)).label().equals(label));
    return new ForgetRequest.Ids(
        IntStream.range(0, of.length)
            .filter(k -> k % 2 == 0)
            .mapToObj(k -> examples.get(of[k]).id())
            .toList());
  }

  /** The entity string in the most sentences, of those in at most 1.5 % of them. */
  static ForgetRequest entity(Table train) {
    String entity =
        frequent(
            train.dataset().examples().stream()
                .map(TaggedSentence.class::cast)
                .flatMap(
                    s -> Mention.of(s.tags()).stream().map(m -> m.surface(s.words())).distinct()),
            train.size());
    return new ForgetRequest.Where("list_contains(entities, '" + entity.replace("'", "''") + "')");
  }

  private static String frequent(Stream<String> values, int rows) {
    return values
        .collect(Collectors.groupingBy(e -> e, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(e -> e.getValue() <= 0.015 * rows)
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  private static List<String> column(Table table, String name) {
    return table.extras().stream()
        .filter(c -> c.name().equals(name))
        .map(Column::values)
        .findFirst()
        .orElseThrow();
  }
}
