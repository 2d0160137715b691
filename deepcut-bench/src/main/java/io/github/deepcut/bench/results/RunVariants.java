package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.bench.results.TrainModels.Without;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.report.Measurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.SiblingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Unlearns under every variant and holds the outcome against the retrained models; one JSON line a
 * run, with the rows against each of them. Models that are not in the cache are trained first. Runs
 * that are in the file are not made again.
 */
public final class RunVariants {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many of the originals unlearn under variants that are not the defaults, too. */
  private static final int OTHERS = 2;

  private RunVariants() {}

  /** {@code DATA CACHE FILE PART PARTS [CORPORA CASES [VARIANT…]]}, lists split by commas. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Path file = Path.of(args[2]);
    int part = Integer.parseInt(args[3]);
    int parts = Integer.parseInt(args[4]);
    Set<String> corpora = args.length > 5 ? Set.of(args[5].split(",", -1)) : Set.of();
    Set<String> cases = args.length > 6 ? Set.of(args[6].split(",", -1)) : Set.of();
    List<Variant> variants =
        args.length > 7
            ? Arrays.stream(args, 7, args.length).map(Variant::of).toList()
            : Variant.ALL;
    Set<String> done = done(file);
    int job = 0;
    for (Case c : Case.values()) {
      for (long seed = 1; seed <= TrainModels.SEEDS; seed++) {
        for (Corpus corpus : Corpus.values()) {
          boolean wanted =
              (corpora.isEmpty() || corpora.contains(corpus.key()))
                  && (cases.isEmpty() || cases.contains(c.key()));
          if (wanted && job++ % parts == part) {
            Setting setting = new Setting(corpus, c, seed);
            List<Open> open =
                IntStream.range(0, c.draws)
                    .mapToObj(k -> new Open(k, setting.open(done, k, variants)))
                    .filter(o -> !o.variants().isEmpty())
                    .toList();
            if (!open.isEmpty()) {
              run(Path.of(args[0]), new Models(Path.of(args[1])), setting, open, file);
            }
          }
        }
      }
    }
  }

  /** One request. */
  private record Setting(Corpus corpus, Case what, long seed) {
    String key(int draw, Variant v) {
      return corpus.key() + " " + what.key() + " " + seed + (char) ('a' + draw) + " " + v.name();
    }

    List<Variant> open(Set<String> done, int draw, List<Variant> variants) {
      return variants.stream()
          .filter(v -> v.settings().isEmpty() || (draw < OTHERS && !v.isDefault(corpus.task())))
          .filter(v -> !done.contains(key(draw, v)))
          .toList();
    }
  }

  /** The variants under which an original has not unlearned yet. */
  private record Open(int draw, List<Variant> variants) {}

  private static Set<String> done(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Set.of();
    }
    return Files.readAllLines(file).stream().map(RunVariants::key).collect(Collectors.toSet());
  }

  private static String key(String line) {
    try {
      return JSON.readTree(line).path("key").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void run(Path data, Models models, Setting s, List<Open> open, Path file)
      throws IOException {
    Corpus.Parts read = s.corpus().read(data);
    Dataset all = read.train().dataset();
    ForgetSplit split = s.what().split(s.corpus(), read, s.seed());
    Without without = new Without(s.what(), split.retainSet(), all);
    double retrainSeconds = models.retrainSeconds(s.corpus(), split, all);
    List<Answers> retrained = new ArrayList<>();
    for (Open o : open) {
      Path original = TrainModels.original(models, s.corpus(), all, s.seed(), o.draw());
      try (FineTunedModel model = FineTunedModel.open(original)) {
        Erasure asked = new Erasure(model, split, read.heldOut(), read.test());
        Erasure erasure =
            new SiblingCache(TrainSiblings.cache(models))
                .find(asked, Progress.silent())
                .map(asked::with)
                .orElse(asked);
        Answers.Parts parts = erasure.parts(Run.of(s.seed()));
        for (int k = retrained.size(); k < s.what().draws; k++) {
          Path folder = TrainModels.retrained(models, s.corpus(), without, s.seed(), k);
          retrained.add(answers(folder, parts));
        }
        Answers before = parts.ask(d -> model.evaluate(d, Progress.silent()));
        Run run = Run.of(TrainModels.draw(s.seed(), o.draw()));
        for (Variant v : o.variants()) {
          Methods.Choice choice = Methods.create(v.method(), model.task(), v.settings());
          try (var erased = erasure.unlearn(choice.method(), choice.stop(), run)) {
            List<List<Row>> rows = rows(before, parts.ask(erased::evaluate), retrained, run);
            RunReport.Header header =
                new RunReport.Header(v.method(), OptionalDouble.of(retrainSeconds));
            ObjectNode json = erasure.report(header, erased, rows.get(0), run).toJson(JSON);
            ArrayNode each = json.putArray("metrics_to_each");
            for (List<Row> to : rows) {
              ObjectNode one = each.addObject();
              to.forEach(r -> one.set(r.metric().name(), r.toJson(JSON)));
            }
            json.put("key", s.key(o.draw(), v)).put("corpus", s.corpus().key());
            json.put("case", s.what().key()).put("request", s.seed()).put("variant", v.name());
            Files.writeString(
                file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.err.printf(
                "%s: %s %s%n", s.key(o.draw(), v), line(rows.get(0)), json.get("seconds"));
          }
        }
      }
    }
  }

  /** The measurement against each of the retrained models, the next of which gives the floor. */
  private static List<List<Row>> rows(
      Answers before, Answers after, List<Answers> retrained, Run run) {
    return IntStream.range(0, retrained.size())
        .mapToObj(
            k -> {
              Answers next = retrained.get((k + 1) % retrained.size());
              return new Measurement(before, retrained.get(k), next)
                  .rows(after, run.random("bootstrap"));
            })
        .toList();
  }

  private static Answers answers(Path folder, Answers.Parts parts) {
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      return parts.ask(d -> model.evaluate(d, Progress.silent()));
    }
  }

  private static String line(List<Row> rows) {
    return rows.stream()
        .map(
            r ->
                String.format(
                    "%s %.2f/%.2f/%.2f",
                    r.metric().name(),
                    r.original().number().orElse(Double.NaN),
                    r.unlearned().number().orElse(Double.NaN),
                    r.retrained().number().orElse(Double.NaN)))
        .collect(Collectors.joining(" "));
  }
}
