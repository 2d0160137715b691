package io.github.deepcut.app.command;

import io.github.deepcut.Audit;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What a report says of its making.
 *
 * @param models their folders
 * @param data the training data
 * @param told which of them were to be forgotten, and what copies there are
 * @param unseen the data that no model was trained on, or null
 * @param shown what a path is called in the report: where it will lie in the end
 */
record AuditFacts(
    ThreeModels<Path> models, Path data, Told told, Path unseen, UnaryOperator<Path> shown) {

  /**
   * What an audit says of its data.
   *
   * @param copies sentences
   */
  record Told(String forgotten, List<String> copies) {
    static Told of(Audit audit) {
      return new Told(audit.split().describe(), audit.unseen().notes());
    }
  }

  /** How the model was unlearned, where the run knows. */
  static Part<List<Fact>> method(RunReport run) {
    if (run.how().isEmpty()) {
      return Part.missing("The audit was not told how the model was unlearned.");
    }
    RunReport.How how = run.how().get();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Method", how.method()));
    facts.add(new Fact("Passes over the forgotten samples", Long.toString(how.passes())));
    facts.add(new Fact("Optimiser steps", Long.toString(how.steps())));
    facts.add(new Fact("Stopped by", how.stoppedBy()));
    facts.add(new Fact("Time to unlearn", seconds(run.seconds().unlearn())));
    facts.add(new Fact("Time to retrain", seconds(run.seconds().retrain())));
    return Part.of(facts);
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isEmpty()
        ? "not measured"
        : String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble());
  }

  /** What went in. */
  List<Fact> provenance(long seed) {
    List<Fact> facts = new ArrayList<>();
    models.original().ifPresent(folder -> add(facts, "Original", folder));
    add(facts, "Unlearned", models.unlearned());
    models.retrained().ifPresent(folder -> add(facts, "Retrained", folder));
    facts.add(new Fact("Training data", shown.apply(data).toString()));
    facts.add(new Fact("Training data, SHA-256", Fingerprint.of(data)));
    facts.add(new Fact("Samples to forget", told.forgotten()));
    told.copies().forEach(copies -> facts.add(new Fact("Copies", copies)));
    if (unseen != null) {
      facts.add(new Fact("Unseen data", shown.apply(unseen).toString()));
      facts.add(new Fact("Unseen data, SHA-256", Fingerprint.of(unseen)));
    }
    facts.add(new Fact("Seed", Long.toString(seed)));
    facts.add(new Fact("DeepCUT", Version.CURRENT));
    facts.add(new Fact("Java", System.getProperty("java.version")));
    facts.add(
        new Fact("System", System.getProperty("os.name") + ", " + System.getProperty("os.arch")));
    return facts;
  }

  private void add(List<Fact> facts, String name, Path folder) {
    facts.add(new Fact(name + " model", shown.apply(folder).toString()));
    facts.add(new Fact(name + " model, SHA-256", Fingerprint.ofFolder(folder)));
    ModelRecord record = ModelRecord.read(folder).orElse(null);
    if (record != null) {
      String how =
          String.format(
              Locale.ROOT,
              "%d epochs on %d examples, learning rate %s, seed %d",
              record.recipe().epochs(),
              record.examples(),
              record.recipe().learningRate(),
              record.recipe().seed());
      facts.add(new Fact(name + " model, trained", how));
    }
  }
}
