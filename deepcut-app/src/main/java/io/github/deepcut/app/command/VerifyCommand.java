package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.run.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deepcut verify}. Without {@code --replay} it loads no libtorch. */
@Command(
    name = "verify",
    sortOptions = false,
    description =
        "Checks a certificate: signature, hashes of all files and tensors, proofs; with --data the"
            + " ids of the training data, with --replay the unlearning itself. Exit status 1 if"
            + " something differs.")
final class VerifyCommand extends AbstractCommand {
  @Parameters(paramLabel = "CERTIFICATE", description = "certificate.json.")
  private Path certificate;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The unlearned model.")
  private Path model;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The signer's key (PEM), received by another way; without, the one that the certificate"
              + " names is taken.")
  private Path publicKey;

  @Option(names = "--original", paramLabel = "DIR", description = "The original, to check as well.")
  private Path original;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "The training data, to recompute the Merkle roots; needs the salt.")
  private Path data;

  @Option(
      names = "--salt",
      paramLabel = "FILE",
      description = "The salt of the id hashes (default: MODEL.certificate.salt).")
  private Path salt;

  @Option(
      names = "--replay",
      description =
          "Run the unlearning again and compare all tensors; needs --data and the salt."
              + " --original and --holdout are looked for where the run found them.")
  private boolean replay;

  @Option(names = "--holdout", paramLabel = "FILE", description = "For --replay.")
  private Path holdout;

  @Mixin private ImageOptions images;

  @Override
  Answer answer() {
    if (replay && data == null) {
      throw new InputException("--replay needs --data, the training data");
    }
    if (!Files.isDirectory(model)) {
      throw new InputException("--model " + model + ": no such directory");
    }
    PublicKey trusted = publicKey == null ? null : Keys.readOpen(publicKey);
    List<String> notes = new ArrayList<>();
    Verification found = Verification.of(certificate, trusted).model(model);
    if (original != null) {
      found = found.original(original);
    }
    if (found.certificate() != null && data != null) {
      found = found.and(ids(found));
    }
    if (replay && found.holds()) {
      Replay again = new Replay(found.certificate(), data, salt(), images);
      found = again.compare(found, Replay.inputs(model, original, holdout), run(0), notes);
    }
    return found.holds() ? holds(found, notes) : fails(found, notes);
  }

  private byte[] salt() {
    Path file = salt == null ? Salt.beside(model) : salt;
    if (salt == null && !Files.exists(file)) {
      throw new InputException(
          file + ": no such file: --data and --replay need the salt; pass it as --salt FILE");
    }
    return Salt.read(file);
  }

  private List<String> ids(Verification found) {
    return TrainingIds.check(found.certificate().predicate(), data, salt());
  }

  private Answer holds(Verification found, List<String> notes) {
    var predicate = found.certificate().predicate();
    var ids = predicate.ids();
    List<String> lines = new ArrayList<>();
    lines.add(
        "the certificate holds: "
            + model
            + " is what it says, unlearned by "
            + predicate.method().name()
            + " with seed "
            + predicate.method().seed());
    lines.add(
        "%d files and tensors as certified; %d ids forgotten: among the %d before, not among the %d after"
            .formatted(
                found.certificate().after().size(),
                ids.forgotten().size(),
                ids.before().size(),
                ids.after().size()));
    lines.add(
        "verdict of the audit: "
            + predicate.audit().path("verdict").asText()
            + ": "
            + predicate.audit().path("because").asText());
    lines.add("signed by key " + PublicKeys.id(found.key()) + ", " + trust());
    lines.addAll(notes);
    lines.add("It does not prove:");
    predicate.doesNotProve().forEach(line -> lines.add("  " + line));
    return new Answer(0, json(found, notes), lines);
  }

  private String trust() {
    return publicKey == null
        ? "which the certificate itself names: compare it with the signer's, or pass --public-key"
        : "the one given";
  }

  private Answer fails(Verification found, List<String> notes) {
    List<String> lines = new ArrayList<>(found.differences());
    lines.addAll(notes);
    return new Answer(1, json(found, notes), lines);
  }

  private ObjectNode json(Verification found, List<String> notes) {
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "verify").put("holds", found.holds());
    json.put("key", found.key() == null ? null : PublicKeys.id(found.key()));
    json.put("key_given", publicKey != null).put("replayed", replay && found.certificate() != null);
    ArrayNode differences = json.putArray("differences");
    found.differences().forEach(differences::add);
    ArrayNode remarks = json.putArray("notes");
    notes.forEach(remarks::add);
    if (found.certificate() != null) {
      var predicate = found.certificate().predicate();
      json.put("verdict", predicate.audit().path("verdict").asText(null));
      json.put("forgotten", predicate.ids().forgotten().size());
    }
    return json;
  }
}
