package io.github.deepcut.app.command;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.certification.CertifiedRows;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.provenance.SiblingsUsed;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.SiblingJob;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.sisa.EnsembleErasure;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.stop.Stops;
import io.github.deepcut.tensor.Libtorch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a certified unlearning again.
 *
 * @param data the training data
 * @param images how data of images are read
 */
record Replay(Certificate certificate, Path data, byte[] salt, ImageOptions images) {
  private static final int MOST_THREADS = 64;

  /**
   * The inputs of the run, as far as they are not the training data.
   *
   * @param scratch where a folder of the model's size may lie meanwhile
   */
  record Inputs(Path original, Path holdoutOrNull, Path scratch) {}

  /** The verification with the inputs and the tensors compared; {@code notes} tells of machines. */
  Verification compare(Verification found, Inputs inputs, Run run, List<String> notes) {
    requireStopRule();
    Verification checked = found.original(inputs.original());
    Predicate.DataFile holdout = certificate.predicate().data().holdout();
    if (holdout != null) {
      checked = checked.and(TrainingIds.check(inputs.holdoutOrNull(), holdout));
    }
    if (!checked.isUnchanged()) {
      return checked;
    }
    Libtorch.load();
    torch.set_num_threads(threads(notes));
    notes.addAll(machine());
    List<String> tensors = tensors(inputs, run.withSeed(method().seed()));
    notes.add(
        tensors.isEmpty()
            ? "replayed: every tensor is the same to the last bit"
            : "replayed: " + tensors.size() + " tensors differ");
    return checked.and(tensors);
  }

  private void requireStopRule() {
    if (!Stops.names().contains(method().stop())) {
      throw new InputException(
          "--replay: there is no stop rule %s, by which the certified run stopped; there are %s"
              .formatted(method().stop(), String.join(", ", Stops.names())));
    }
  }

  /** As many as there were, within reason: a certificate is anybody's word. */
  private int threads(List<String> notes) {
    int were = certificate.predicate().environment().threads();
    int most = Math.max(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    if (were > most) {
      notes.add("note: the certificate names " + were + " threads, computed with " + most);
    }
    return Math.min(were, most);
  }

  private Predicate.Method method() {
    return certificate.predicate().method();
  }

  /** What is other than it was: reason enough for other last bits. */
  private List<String> machine() {
    List<String> notes = new ArrayList<>();
    if (!Version.CURRENT.equals(certificate.predicate().version())) {
      notes.add(
          "note: DeepCUT was %s, here it is %s"
              .formatted(certificate.predicate().version(), Version.CURRENT));
    }
    certificate.predicate().environment().differences(Machine.environment()).stream()
        .map(difference -> "note: " + difference + "; sums may differ in their last bits")
        .forEach(notes::add);
    return notes;
  }

  private List<String> tensors(Inputs inputs, Run run) {
    try (FineTunedModel original = FineTunedModel.open(inputs.original());
        OutputFolder folder = OutputFolder.create(inputs.scratch(), false)) {
      ForgetSplit split = split(original);
      var heldOut = images.dataset(inputs.holdoutOrNull(), original);
      Erasure asked = new Erasure(original, split, Unseen.of(split, heldOut, Optional.empty()));
      Erasure erasure = method().siblings() == null ? asked : withSiblings(asked, inputs, run);
      Methods.Choice choice = erasure.method(method().name(), method().set());
      try (var erased =
          original.isEnsemble()
              ? new EnsembleErasure(erasure, data).unlearn(folder, run)
              : erasure.unlearn(choice.method(), new Stop(method().stop()), run)) {
        erased.writeTo(folder.path());
      }
      return differences(FolderHashes.of(folder.path()).hashes());
    }
  }

  /** With the siblings trained anew: what those of the run said of D_f was deleted. */
  private Erasure withSiblings(Erasure asked, Inputs inputs, Run run) {
    SiblingsUsed used = method().siblings();
    Optional<Path> holdout =
        used.holdout().isEmpty() ? Optional.empty() : Optional.ofNullable(inputs.holdoutOrNull());
    Path cache = inputs.scratch().resolveSibling(inputs.scratch().getFileName() + ".siblings");
    try (var folder = OutputFolder.create(cache, false)) {
      Folds folds = new Folds(used.folds(), used.rounds(), used.seed());
      SiblingJob.of(inputs.original(), data, holdout, folder.path(), used.unit(), folds)
          .fill(Workers.defaultJobs(), run);
      Optional<KnownSiblings> trained = new SiblingCache(folder.path()).find(asked, run.progress());
      return trained
          .filter(siblings -> siblings.which().equals(used))
          .map(asked::with)
          .orElseThrow(
              () ->
                  new InputException(
                      "--replay: the targets are from siblings that were trained on other data than"
                          + " these, or calibrated by others: it cannot be run again"));
    }
  }

  private ForgetSplit split(FineTunedModel original) {
    Dataset rows = images.read(data, original).dataset();
    int[] forget = certificate.predicate().ids().positions(salt, new CertifiedRows(rows));
    BitSet gone = new BitSet();
    Arrays.stream(forget).forEach(gone::set);
    int[] retain = IntStream.range(0, rows.size()).filter(i -> !gone.get(i)).toArray();
    return new ForgetSplit(rows, forget, retain, "the certified ids");
  }

  private List<String> differences(Map<String, String> here) {
    return certificate.after().entrySet().stream()
        .filter(e -> e.getKey().contains("#") && !e.getValue().equals(here.get(e.getKey())))
        .map(
            e ->
                "replay: tensor %s: its SHA-256 is %s, the certificate says %s"
                    .formatted(e.getKey(), here.get(e.getKey()), e.getValue()))
        .toList();
  }

  /** Where the run found its inputs, if they are not given. */
  static Inputs inputs(Path model, Path originalOrNull, Path holdoutOrNull) {
    ModelRecord record = ModelRecord.read(model).orElse(null);
    Path original = originalOrNull;
    if (original == null && record != null && record.parents() != null) {
      original = Path.of(record.parents().get(0).path());
    }
    if (original == null || !Files.isDirectory(original)) {
      throw new InputException(
          "--replay: the original is not at " + original + " any more: pass --original DIR");
    }
    Path holdout = holdoutOrNull;
    if (holdout == null && record != null && record.unlearning() != null) {
      var source = record.unlearning().holdout();
      holdout = source == null ? null : Path.of(source.path());
    }
    Path target = model.toAbsolutePath().normalize();
    return new Inputs(original, holdout, target.resolveSibling(target.getFileName() + ".replay"));
  }
}
