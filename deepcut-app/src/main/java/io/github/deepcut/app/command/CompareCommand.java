package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.Reference;
import io.github.deepcut.compare.Comparison;
import io.github.deepcut.compare.GridFolder;
import io.github.deepcut.compare.Retraining;
import io.github.deepcut.compare.SearchSpace;
import io.github.deepcut.compare.Standings;
import io.github.deepcut.compare.StandingsTable;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.ProcessLock;
import io.github.deepcut.run.Run;
import io.github.deepcut.run.Unchanged;
import io.github.deepcut.unlearn.baseline.Sisa;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut compare}. */
@Command(
    name = "compare",
    sortOptions = false,
    description =
        "Runs several methods on one request, tuned with the same number of trials each, and ranks"
            + " them by their gap to retraining. Started again with the same arguments, or with"
            + " more methods or seeds, it goes on where it stopped.")
final class CompareCommand extends AbstractCommand {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The original.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What it was trained on.")
  private Path data;

  @Mixin private ForgetOptions forget;

  @Option(
      names = "--methods",
      split = ",",
      defaultValue = "all",
      paramLabel = "NAME",
      description =
          "Separated by commas; all: every one but retrain and sisa. Default: ${DEFAULT-VALUE}.")
  private List<String> methods;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      paramLabel = "N",
      description = "A run of each method, and a retrained model, for each. Default: 1,2,3.")
  private List<Long> seeds;

  @Option(
      names = "--trials",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Settings to try of each method on the held-out data, its defaults among them; 0: the"
              + " defaults untried. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--search-spaces",
      paramLabel = "FILE",
      description = "What the trials may try, as JSON. Default: DeepCUT's own.")
  private Path spaces;

  @Option(
      names = "--holdout",
      required = true,
      paramLabel = "FILE",
      description = "Data that the model never saw: for calibration, stopping and tuning.")
  private Path holdout;

  @Option(
      names = "--eval",
      required = true,
      paramLabel = "FILE",
      description = "Test data, for the measurement alone.")
  private Path eval;

  @Option(
      names = "--retrained",
      paramLabel = "DIR",
      description =
          "A model that never saw the forgotten examples; once for each seed, in their order."
              + " Without it they are trained, and kept in the output folder.")
  private List<Path> retrained = List.of();

  @Mixin private ImageOptions images;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the results gather.")
  private Path out;

  @Mixin private DeviceOptions device;

  @Override
  Answer answer() {
    List<String> chosen = chosen();
    Run run = run(0).on(device.chosen());
    Unchanged read = Unchanged.of(inputs());
    try (ProcessLock lock = OutputFolder.lock(out).untilTheEnd();
        FineTunedModel original = FineTunedModel.open(model, run.device())) {
      if (original.isEnsemble()) {
        throw new InputException(
            model + " is an ensemble, which sisa alone unlearns: there is nothing to compare");
      }
      Task task = original.task();
      ForgetSplit split = forget.request().split(images.read(data, original));
      Taken.say(split, run.progress());
      SearchSpace space =
          spaces == null ? SearchSpace.standard(task) : SearchSpace.read(spaces, task);
      Erasure erasure =
          new Erasure(
              original,
              split,
              images.read(holdout, original).dataset(),
              images.read(eval, original).dataset());
      erasure.unseen().notes().forEach(note -> run.progress().say("note: " + note));
      GridFolder folder = GridFolder.open(out, request(split));
      folder.from(read);
      List<Reference> references = new ArrayList<>();
      try {
        List<Comparison.Reference> known = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
          Reference r = reference(i, original, split, run);
          references.add(r);
          known.add(new Comparison.Reference(seeds.get(i), r::evaluate, r.seconds()));
        }
        return done(folder, new Comparison(erasure, space, trials, known, folder).run(chosen, run));
      } finally {
        references.forEach(Reference::close);
      }
    }
  }

  private List<String> chosen() {
    if (!retrained.isEmpty() && retrained.size() != seeds.size()) {
      throw new InputException(
          "--retrained is given %d times, expected once for each of the %d seeds"
              .formatted(retrained.size(), seeds.size()));
    }
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw new InputException("--seeds " + seeds + ": expected each once");
    }
    if (methods.equals(List.of("all"))) {
      return Methods.names().stream()
          .filter(m -> !m.equals("retrain") && !m.equals(Sisa.NAME))
          .toList();
    }
    if (methods.contains(Sisa.NAME)) {
      throw new InputException(
          "--methods sisa: it takes rows out of an ensemble alone, and all others out of one model:"
              + " it cannot join a comparison of one original");
    }
    methods.forEach(Methods::known);
    return methods.stream().distinct().toList();
  }

  private List<Path> inputs() {
    List<Path> inputs = new ArrayList<>(Arrays.asList(model, data, holdout, eval, spaces));
    inputs.addAll(retrained);
    return inputs;
  }

  /** What all results depend on, besides method and seed. */
  private ObjectNode request(ForgetSplit split) {
    ObjectNode out = Answer.MAPPER.createObjectNode();
    out.put("model", Fingerprint.ofFolder(model)).put("data", Fingerprint.of(data));
    out.put(
        "forget",
        "%d examples, %08x".formatted(split.forget().length, Arrays.hashCode(split.forget())));
    out.put("holdout", Fingerprint.of(holdout)).put("eval", Fingerprint.of(eval));
    out.put("search_spaces", spaces == null ? "standard" : Fingerprint.of(spaces));
    out.put("trials", trials).put("image_size", images.size());
    retrained.forEach(r -> out.withArray("retrained").add(Fingerprint.ofFolder(r)));
    return out.put("version", Version.CURRENT);
  }

  private Reference reference(int i, FineTunedModel original, ForgetSplit split, Run run) {
    if (!retrained.isEmpty()) {
      return Reference.open(retrained.get(i), original);
    }
    Path folder = out.resolve("retrained-" + seeds.get(i));
    return new Retraining(original, split, data).at(folder, seeds.get(i), run);
  }

  private Answer done(GridFolder folder, Standings standings) {
    StandingsTable table = new StandingsTable(standings);
    ObjectNode json = table.json(Answer.MAPPER);
    json.put("out", out.toString());
    folder.write(out.resolve("comparison.json"), json.toPrettyString() + "\n");
    folder.write(out.resolve("comparison.csv"), table.csv());
    folder.write(out.resolve("comparison.md"), table.markdown());
    return Answer.done(
        json, Stream.concat(table.plain().lines(), Stream.of("written to " + out)).toList());
  }
}
