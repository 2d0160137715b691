package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.bench.results.Selection.Request;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.report.Measurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
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
    List<Variant> variants =
        args.length > 7
            ? Arrays.stream(args, 7, args.length).map(Variant::of).toList()
            : Variant.ALL;
    Models models = new Models(Path.of(args[1]));
    Set<String> done = done(file);
    int job = 0;
    for (Request request : Selection.of(args, 5).requests()) {
      if (job++ % parts == part) {
        List<Open> open =
            IntStream.range(0, models.draws())
                .mapToObj(k -> new Open(k, open(request, done, k, variants)))
                .filter(o -> !o.variants().isEmpty())
                .toList();
        if (!open.isEmpty()) {
          run(Study.of(Path.of(args[0]), models, request.corpus()), request, open, file);
        }
      }
    }
  }

  private static String key(Request request, int draw, Variant v) {
    return request.key() + (char) ('a' + draw) + " " + v.name();
  }

  private static List<Variant> open(
      Request request, Set<String> done, int draw, List<Variant> variants) {
    return variants.stream()
        .filter(
            v -> v.settings().isEmpty() || (draw < OTHERS && !v.isDefault(request.corpus().task())))
        .filter(v -> !done.contains(key(request, draw, v)))
        .toList();
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

  private static void run(Study study, Request request, List<Open> open, Path file)
      throws IOException {
    Case what = request.what();
    ForgetSplit split = study.split(what, request.number());
    double retrainSeconds = study.models().retrainSeconds(study, split);
    study.keepSiblings(what);
    List<Answers> retrained = new ArrayList<>();
    for (Open o : open) {
      try (FineTunedModel model = FineTunedModel.open(study.original(o.draw()))) {
        Erasure erasure = study.erasure(model, split);
        Run run = Run.of(100L * request.number() + o.draw());
        Answers.Parts parts = erasure.parts(run);
        for (int k = retrained.size(); k < study.models().draws(); k++) {
          retrained.add(answers(study.retrained(what, request.number(), k), parts));
        }
        Answers before = parts.ask(d -> model.evaluate(d, Progress.silent()));
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
            String key = key(request, o.draw(), v);
            json.put("key", key).put("corpus", request.corpus().key()).put("case", what.key());
            json.put("request", request.number()).put("variant", v.name());
            Files.writeString(
                file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.err.printf("%s: %s %s%n", key, line(rows.get(0)), json.get("seconds"));
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
