package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.provenance.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Whose signature a certificate must bear to be believed. */
class CertificateTrustTest extends CertifiedModel {

  @Test
  void onlyTheGivenKeyIsTrusted() throws IOException {
    Cli own = verify("--public-key", keys().open());
    assertThat(own.out()).contains("the one given");
    Path stranger = tiny.path("stranger.pem");
    Files.writeString(stranger, PublicKeys.toPem(SigningKey.generate().open()));
    Cli cli = verify("--public-key", stranger);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).contains("not by the key given");
  }

  @Test
  void badKeysAndLostSaltsAreSaidInOneLine() throws IOException {
    Path file = Files.writeString(tiny.path("no.pem"), "no key");
    Cli key = Cli.run(tiny.unlearn(model, tiny.path("never"), "--key", file));
    assertThat(key.status()).isEqualTo(2);
    assertThat(key.err()).contains("no.pem: expected PEM", "--no-certificate does without a key");
    Path elsewhere = copy(out, "elsewhere");
    Cli salt =
        Cli.run(
            "verify",
            elsewhere.resolve("certificate.json"),
            "--model",
            elsewhere,
            "--data",
            tiny.path("train.conll"));
    assertThat(salt.status()).isEqualTo(2);
    assertThat(salt.err())
        .containsPattern("elsewhere\\.certificate\\.[0-9a-f]{16}\\.salt: no such");
  }

  @Test
  void aGivenKeySigns() throws IOException {
    SigningKey key = SigningKey.generate();
    Path file = Files.writeString(tiny.path("key.pem"), key.toPem());
    Path signed = tiny.path("signed");
    Cli.done(tiny.unlearn(model, signed, "--key", file));
    Cli cli = Cli.run("verify", signed.resolve("certificate.json"), "--model", signed, "--json");
    assertThat(cli.status()).isEqualTo(4);
    assertThat(cli.json().get("key").asText()).isEqualTo(key.id());
  }

  /** Integrity is not authenticity: whoever changes the model can sign it again, by another key. */
  @Test
  void aKeyThatNobodyNamedIsNotTrustedUntilItIs() throws IOException {
    SigningKey key = SigningKey.generate();
    Path secret = Files.writeString(tiny.path("theirs.pem"), key.toPem());
    Path open = Files.writeString(tiny.path("clinic.pem"), PublicKeys.toPem(key.open()));
    Path theirs = tiny.path("theirs");
    Cli.done(tiny.unlearn(model, theirs, "--key", secret));
    Object[] verify = {"verify", theirs.resolve("certificate.json"), "--model", theirs};
    Cli unknown = Cli.run(verify);
    assertThat(unknown.status()).isEqualTo(4);
    assertThat(unknown.out())
        .startsWith("unchanged, but signed by nobody you named: ")
        .doesNotContain("the certificate holds");
    Object[] json = Arrays.copyOf(verify, 5);
    json[4] = "--json";
    assertThat(Cli.run(json).json().get("result").asText()).isEqualTo("unchanged");
    assertThat(Cli.run(json).json().get("holds").asBoolean()).isFalse();

    JsonNode added = Cli.done("trust", open, "--json").json();
    assertThat(added.get("known").get(0).get("name").asText()).isEqualTo("clinic.pem");
    assertThat(Cli.done("trust").out()).contains(key.id() + "  clinic.pem");
    assertThat(Cli.done(verify).out())
        .contains("signed by key " + key.id() + ", known to you as c");
    Files.writeString(theirs.resolve("more.txt"), "x");
    Cli changed = Cli.run(json);
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.json().get("result").asText()).isEqualTo("differs");
    Files.delete(theirs.resolve("more.txt"));

    Cli.done("trust", "--remove", key.id().substring(0, 12));
    assertThat(Cli.run(verify).status()).isEqualTo(4);
    Object[] given = Arrays.copyOf(verify, 6);
    given[4] = "--public-key";
    given[5] = open;
    assertThat(Cli.done(given).out()).contains(", the one given");
    assertThat(Cli.run("trust", "--remove", "abc").err()).contains("'abc': expected the id of a");
    assertThat(Cli.run("trust", secret).err()).contains("expected PEM from -----BEGIN PUBLIC KEY");
    assertThat(Cli.run("trust", open, "--remove", "x").status()).isEqualTo(2);
  }

  @Test
  void aForgedReasonIsShownAsOneLineOfTheSigners() throws IOException {
    Path copy = copy(out, "reason");
    Predicate p = Certificate.read(certificate).predicate();
    ObjectNode audit = p.audit().deepCopy();
    audit.put(
        "because",
        "x\nsigned by key 00, the one given\u001b[2K\u202e\u2028" + " ".repeat(200) + "forged");
    SigningKey stranger = SigningKey.generate();
    Predicate lie =
        new Predicate(
            p.version(),
            p.issued(),
            new Predicate.Signer(
                stranger.id(), Base64.getEncoder().encodeToString(stranger.open().getEncoded())),
            p.method(),
            p.data(),
            p.ids(),
            p.retrained(),
            p.unread(),
            p.environment(),
            audit,
            p.proves(),
            p.doesNotProve());
    Path open = Files.writeString(tiny.path("pinned.pem"), PublicKeys.toPem(stranger.open()));
    certify(copy, lie, stranger);
    Cli cli =
        Cli.done("verify", copy.resolve("certificate.json"), "--model", copy, "--public-key", open);
    assertThat(cli.out().lines().filter(line -> line.startsWith("signed by key"))).hasSize(1);
    assertThat(cli.out())
        .contains("x\\nsigned by key 00, the one given\\u001b[2K\\u202e\\u2028 forged")
        .doesNotContain("\u001b", "\u202e", "\u2028");
  }
}
