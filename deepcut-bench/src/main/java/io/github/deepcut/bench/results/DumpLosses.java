package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** Writes what models say of D_f and of held-out data. */
public final class DumpLosses {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DumpLosses() {}

  /** {@code DATA CACHE OUT CORPUS CASE SEED DRAWS UNIT FOLDS ROUNDS}. */
  public static void main(String[] args) throws IOException {
    Corpus corpus = Corpus.of(args[3]);
    Case c = Case.valueOf(args[4].toUpperCase(java.util.Locale.ROOT));
    long seed = Long.parseLong(args[5]);
    int draws = Integer.parseInt(args[6]);
    Folds folds = new Folds(Integer.parseInt(args[8]), Integer.parseInt(args[9]), 1);
    Corpus.Parts parts = corpus.read(Path.of(args[0]));
    Models models = new Models(Path.of(args[1]));
    Dataset all = parts.train().dataset();
    ForgetSplit split = c.split(corpus, parts, seed);
    ObjectNode out = JSON.createObjectNode();
    out.set("forget", JSON.valueToTree(split.forget()));
    for (int k = 0; k < draws; k++) {
      Path folder = TrainModels.original(models, corpus, all, seed, k);
      put(out, "original-" + k, folder, split, parts);
      try (FineTunedModel model = FineTunedModel.open(folder)) {
        UnlearningData data =
            new UnlearningData(
                model.encode(split.forgetSet()),
                model.encode(split.retainSet()),
                model.encode(parts.heldOut()),
                1e-3);
        var targets = Targets.defaults(corpus.task()).of(model.classifier(), data, Run.of(seed));
        out.set("estimate-" + k, JSON.valueToTree(targets.logLosses()));
        out.put("epsilon-" + k, targets.epsilon());
      }
      put(
          out,
          "retrained-" + k,
          TrainModels.retrained(
              models, corpus, new TrainModels.Without(c, split.retainSet(), all), seed, k),
          split,
          parts);
    }
    for (TrainSiblings.Which which : TrainSiblings.all(args[7], folds)) {
      Path folder = TrainSiblings.sibling(models, corpus, parts, seed, which);
      put(out, "sibling-" + which.number(), folder, split, parts);
      BitSet without = which.without(parts);
      boolean[] is = new boolean[split.forget().length];
      for (int i = 0; i < is.length; i++) {
        is[i] = without.get(split.forget()[i]);
      }
      out.set("without-" + which.number(), JSON.valueToTree(is));
    }
    Files.writeString(Path.of(args[2]), out.toString());
  }

  private static void put(
      ObjectNode out, String name, Path folder, ForgetSplit split, Corpus.Parts parts) {
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      var said = model.evaluate(split.forgetSet(), Progress.silent());
      out.set(name + " forget", JSON.valueToTree(LogOdds.items(said)));
      var held = model.evaluate(parts.heldOut(), Progress.silent());
      out.set(name + " held", JSON.valueToTree(LogOdds.items(held)));
    }
  }
}
