package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.ForgottenIds;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.certificate.Sentences;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.provenance.PublicKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code deepcut verify} says: first what was found here, then, as such, what the signer
 * states.
 *
 * @param notes of a replay
 */
record VerifyAnswer(Verification found, Path model, Trust trust, List<String> notes) {
  private static final int DIFFERS = 1;
  private static final int UNCHANGED = 4;

  /** What was looked at besides certificate and model. */
  record Looked(boolean original, boolean data, boolean replayed) {}

  Answer of(Looked looked) {
    ObjectNode json = json(looked);
    List<String> shown = notes.stream().map(VerifyAnswer::calm).toList();
    if (found.isUnchanged()) {
      List<String> lines = new ArrayList<>(findings(looked));
      lines.addAll(shown);
      lines.addAll(statements(looked));
      return new Answer(trust.isThere() ? 0 : UNCHANGED, json, lines);
    }
    List<String> lines = new ArrayList<>();
    found.differences().forEach(line -> lines.add(calm(line)));
    lines.addAll(shown);
    return new Answer(DIFFERS, json, lines);
  }

  /** What was found here. */
  private List<String> findings(Looked looked) {
    List<String> lines = new ArrayList<>();
    lines.add(
        trust.isThere()
            ? "the certificate holds: " + model + " is what it says"
            : "unchanged, but signed by nobody you named: "
                + model
                + " is what the certificate says, and anyone can have written that");
    lines.add("signed by key " + PublicKeys.id(found.key()) + ", " + trust.text());
    lines.add(found.certificate().after().size() + " files and tensors are as certified");
    if (looked.data()) {
      lines.add("recomputed from the training data, with their contents: " + rows());
    }
    if (looked.original()) {
      lines.add(training());
    }
    return lines;
  }

  private List<String> statements(Looked looked) {
    Predicate said = found.certificate().predicate();
    List<String> lines = new ArrayList<>();
    lines.add("The signer states:");
    claims(looked).forEach(claim -> lines.add("  " + calm(claim)));
    lines.add("It does not prove:");
    Sentences.doesNotProve(said.method(), said.data(), said.unread())
        .forEach(l -> lines.add("  " + calm(l)));
    return lines;
  }

  private List<String> claims(Looked looked) {
    Predicate said = found.certificate().predicate();
    List<String> claims = new ArrayList<>();
    claims.add("unlearned by " + said.method().name() + " with seed " + said.method().seed());
    if (!looked.data()) {
      claims.add(rows() + "; the proofs fit these trees, --data recomputes them");
    }
    if (!looked.original()) {
      claims.add(training());
    }
    if (!said.unread().isEmpty()) {
      claims.add("copied unread: " + String.join(", ", said.unread()));
    }
    if (said.retrained() != null) {
      claims.add(
          "compared with a retrained model, %s, of fingerprint %s"
              .formatted(said.retrained().how(), said.retrained().fingerprint()));
    }
    claims.add(
        "verdict of the audit: "
            + said.audit().get("verdict").asText()
            + ": "
            + said.audit().get("because").asText());
    return claims;
  }

  private String rows() {
    ForgottenIds ids = found.certificate().predicate().ids();
    return "%d rows forgotten, among the %d before, not among the %d after"
        .formatted(ids.forgotten().size(), ids.before().size(), ids.after().size());
  }

  private String training() {
    Predicate.Data data = found.certificate().predicate().data();
    if (data.trainedOn() == null) {
      return "warning: the original has no record of what it was trained on";
    }
    return data.isOfRecord()
        ? "the training data are, byte for byte, what the original's record names"
        : "warning: the training data are not, byte for byte, what the original's record names";
  }

  /** What holds a signer's words, without white space to push them to a terminal's next line. */
  private static String calm(String text) {
    return text.replaceAll("[\\s\\p{Zs}]{2,}", " ");
  }

  private ObjectNode json(Looked looked) {
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "verify");
    boolean holds = found.isUnchanged() && trust.isThere();
    json.put("result", holds ? "holds" : found.isUnchanged() ? "unchanged" : "differs");
    json.put("holds", holds);
    json.put("key", found.key() == null ? null : PublicKeys.id(found.key()));
    json.put("trust", trust.json());
    boolean read = found.certificate() != null;
    json.put("recomputed", read && looked.data()).put("replayed", read && looked.replayed());
    found.differences().forEach(json.putArray("differences")::add);
    notes.forEach(json.putArray("notes")::add);
    if (read) {
      Predicate said = found.certificate().predicate();
      json.put("verdict", said.audit().get("verdict").asText());
      json.put("forgotten", said.ids().forgotten().size());
      json.put("trained_on_these_data", said.data().isOfRecord());
    }
    return json;
  }
}
