package io.github.deepcut.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.provenance.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Certificates: what unlearn writes, and verify finds. */
class CertificateTest extends CertifiedModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aFreshCertificateHolds() throws IOException {
    Cli plain = verify();
    assertThat(plain.status()).as(plain.out()).isZero();
    assertThat(plain.out())
        .contains("the certificate holds", ", your own\n", "files and tensors are as certified")
        .containsPattern(
            "The signer states:\n(  .*\n)*"
                + "  12 rows forgotten, among the 48 before, not among the 36 after; the proofs fit");
    JsonNode json =
        verify("--original", model, "--data", tiny.path("train.conll"), "--json").json();
    assertThat(json.get("result").asText()).isEqualTo("holds");
    assertThat(json.get("holds").asBoolean()).isTrue();
    assertThat(json.get("trust").asText()).isEqualTo("own");
    assertThat(json.get("differences")).isEmpty();
    assertThat(json.get("forgotten").asInt()).isEqualTo(12);
    assertThat(json.get("trained_on_these_data").asBoolean()).isTrue();
  }

  /**
   * What was recomputed is said to be; what only the signer says stands under the signer's name.
   */
  @Test
  void claimsAreCalledClaims() {
    String recomputed = "recomputed from the training data, with their contents: 12 rows forgotten";
    String claimed = "  12 rows forgotten, among the 48 before";
    String record = "the training data are, byte for byte, what the original's record names";
    assertThat(verify().out()).doesNotContain("recomputed f").contains(claimed, "  " + record);
    assertThat(verify("--original", model, "--data", tiny.path("train.conll")).out())
        .contains("\n" + recomputed, "\n" + record)
        .doesNotContain(claimed, "  " + record);
    assertThat(verify().out().lines()).anyMatch(l -> l.startsWith("  verdict of the audit: "));
  }

  /** The ids are positions: 12 to 23. Neither they nor the request stand in the certificate. */
  @Test
  void nobodyIsNamed() throws IOException {
    String payload = new String(payload(), UTF_8);
    assertThat(payload).doesNotContain("P-1", "patient", "\"12\"", "\"23\"");
    assertThat(Files.readString(out.resolve("deepcut.json"))).doesNotContain("P-1", "patient");
  }

  private byte[] payload() throws IOException {
    return Base64.getDecoder().decode(JSON.readTree(certificate.toFile()).get("payload").asText());
  }

  /** Written from the specifications of DSSE and in-toto alone, with none of the project's code. */
  @Test
  void anIndependentVerifierAcceptsIt() throws IOException, GeneralSecurityException {
    JsonNode envelope = JSON.readTree(certificate.toFile());
    byte[] body = Base64.getDecoder().decode(envelope.get("payload").asText());
    String type = envelope.get("payloadType").asText();
    JsonNode statement = JSON.readTree(body);
    byte[] spki =
        Base64.getDecoder()
            .decode(statement.at("/predicate/signer/public_key").asText().getBytes(UTF_8));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
    verifier.update(
        ("DSSEv1 " + type.length() + " " + type + " " + body.length + " ").getBytes(UTF_8));
    verifier.update(body);
    JsonNode signature = envelope.get("signatures").get(0);
    assertThat(verifier.verify(Base64.getDecoder().decode(signature.get("sig").asText()))).isTrue();
    assertThat(type).isEqualTo("application/vnd.in-toto+json");
    assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.get("subject"))
        .allMatch(s -> s.at("/digest/sha256").asText().matches("[0-9a-f]{64}"))
        .extracting(s -> s.get("name").asText())
        .doesNotHaveDuplicates()
        .contains("before/config.json", "after/model.safetensors#classifier.weight");
  }

  @Test
  void sigstoreAcceptsIt() throws IOException, GeneralSecurityException {
    Sigstore envelope = new Sigstore(JSON.readTree(certificate.toFile()));
    assertThat(envelope.verifies(Keys.readOpen(keys().open()))).isTrue();
    assertThat(envelope.verifies(SigningKey.generate().open())).isFalse();
  }

  @Test
  void everyFlippedBitIsFoundAndNamed() throws IOException {
    Random random = new Random(3);
    List<String> files =
        List.of(
            "certificate.json",
            "certificate.json",
            "model.safetensors",
            "model.safetensors",
            "config.json",
            "vocab.txt",
            "deepcut.json",
            "tokenizer_config.json");
    for (int i = 0; i < 200; i++) {
      Path file = out.resolve(files.get(i % files.size()));
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      int bit = random.nextInt(8);
      bad[at] ^= (byte) (1 << bit);
      Files.write(file, bad);
      Cli cli = verify();
      Files.write(file, good);
      String place = file.getFileName() + ", byte " + at + ", bit " + bit;
      assertThat(cli.status()).as(place).isEqualTo(1);
      assertThat(cli.out().lines())
          .as(place)
          .anyMatch(line -> line.contains("" + file.getFileName()));
    }
    assertThat(verify().status()).isZero();
  }

  @Test
  void aChangedTensorIsNamed() throws IOException {
    Path file = out.resolve("model.safetensors");
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    Files.write(file, bad);
    Cli cli = verify();
    Files.write(file, good);
    assertThat(cli.out().lines()).hasSize(2).anyMatch(line -> line.contains(": tensor "));
  }

  @Test
  void missingAndStrangeFilesAreNamed() throws IOException {
    Path vocabulary = out.resolve("vocab.txt");
    Path moved = out.resolve("vocab.old");
    Files.move(vocabulary, moved);
    Cli cli = verify();
    Files.move(moved, vocabulary);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out())
        .contains("vocab.txt: is missing", "vocab.old: the certificate knows no such thing");
  }

  @Test
  void anUnlearnedModelIsUnlearnedAgain() throws IOException {
    Path second = tiny.path("second");
    Cli.done(tiny.unlearn(out, second, "--seed", 4));
    Cli.done("verify", second.resolve("certificate.json"), "--model", second, "--original", out);
    Path bare = tiny.path("bare");
    Cli.done(tiny.unlearn(out, bare, "--no-certificate"));
    assertThat(bare.resolve("certificate.json")).doesNotExist();
    try (var files = Files.list(tiny.folder())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(n -> n.matches("bare\\..*salt"));
    }
    JsonNode chain = Cli.done("lineage", second, "--json").json().get("models");
    assertThat(chain)
        .extracting(link -> Path.of(link.get("folder").asText()).getFileName().toString())
        .containsExactly("second", "unlearned", "model", "base");
    assertThat(chain.get(1).get("state").asText()).startsWith("fingerprint as recorded");
    assertThat(chain.get(2).get("made").get(0).asText()).isEqualTo("fine-tuned for ner");
  }

  /** Records of version 0.1.0 know neither parents nor environment. */
  @Test
  void oldRecordsAreRead() throws IOException {
    Path old = copy(model, "old");
    Path file = old.resolve("deepcut.json");
    ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
    record.remove(List.of("parents", "environment", "unlearning"));
    JSON.writeValue(file.toFile(), record);
    Cli.done("predict", "--model", old, "--text", "ana has gout");
    assertThat(Cli.done("lineage", old).out()).contains("<- ", "base", "fingerprint not recorded");
    Cli.done(tiny.unlearn(old, tiny.path("old-unlearned")));
    assertThat(Cli.done("lineage", tiny.path("old-unlearned")).out().lines()).hasSize(3);
  }

  /** The same with the JVM's own word for it: no class of JavaCPP or libtorch is loaded. */
  @Test
  void verifyLoadsNoLibtorch() throws IOException, InterruptedException {
    Path log = tiny.path("classes.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "verify",
            certificate.toString(),
            "--model",
            out.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(tiny.path("verify.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(tiny.path("verify.log"))).isZero();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains("io.github.deepcut.tensor.TensorHashes"))
        .noneMatch(line -> line.contains("org.bytedeco") || line.contains("org.duckdb"));
  }
}
