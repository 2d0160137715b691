package io.github.deepcut.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.FolderHashes;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.provenance.PublicKeys;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Certificates: what unlearn writes, verify finds and replay repeats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Tiny tiny;
  private Path model;
  private Path out;
  private Path certificate;

  @BeforeAll
  void certifyOnce(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
    out = tiny.path("unlearned");
    certificate = out.resolve("certificate.json");
    Cli.done(tiny.unlearn(model, out));
  }

  private Cli verify(Object... more) {
    Object[] usual = {"verify", certificate, "--model", out};
    return Cli.run(
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(usual), java.util.Arrays.stream(more))
            .toArray());
  }

  @Test
  void aFreshCertificateHolds() throws IOException {
    Cli plain = verify();
    assertThat(plain.status()).as(plain.out()).isZero();
    assertThat(plain.out())
        .contains(
            "the certificate holds", "12 ids forgotten", "among the 48 before", "the 36 after");
    JsonNode json =
        verify("--original", model, "--data", tiny.path("train.conll"), "--json").json();
    assertThat(json.get("holds").asBoolean()).isTrue();
    assertThat(json.get("differences")).isEmpty();
    assertThat(json.get("forgotten").asInt()).isEqualTo(12);
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
    Keys keys = new Keys(Path.of(System.getenv("DEEPCUT_CONFIG")));
    assertThat(envelope.verifies(Keys.readOpen(keys.open()))).isTrue();
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
  void onlyTheGivenKeyIsTrusted() throws IOException {
    Keys keys = new Keys(Path.of(System.getenv("DEEPCUT_CONFIG")));
    Cli own = verify("--public-key", keys.open());
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
    assertThat(salt.err()).contains("elsewhere.certificate.salt: no such file");
    Files.writeString(tiny.path("taken.certificate.salt"), "of an earlier model");
    Cli taken = Cli.run(tiny.unlearn(model, tiny.path("taken")));
    assertThat(taken.status()).isEqualTo(2);
    assertThat(taken.err()).contains("taken.certificate.salt exists");
  }

  @Test
  void aGivenKeySigns() throws IOException {
    SigningKey key = SigningKey.generate();
    Path file = Files.writeString(tiny.path("key.pem"), key.toPem());
    Path signed = tiny.path("signed");
    Cli.done(tiny.unlearn(model, signed, "--key", file));
    Cli cli = Cli.done("verify", signed.resolve("certificate.json"), "--model", signed, "--json");
    assertThat(cli.json().get("key").asText()).isEqualTo(key.id());
  }

  @Test
  void replayGivesTheSameTensors() {
    Cli cli = verify("--replay", "--data", tiny.path("train.conll"));
    assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out()).contains("replayed: every tensor is the same to the last bit");
  }

  /** A certificate that tells another seed than the run had is well signed, and found out. */
  @Test
  void replayFindsALie() throws IOException {
    Path copy = copy(out, "lie");
    Certificate honest = Certificate.read(certificate);
    Predicate p = honest.predicate();
    Predicate.Method m = p.method();
    Predicate lie =
        new Predicate(
            p.version(),
            p.issued(),
            p.signer(),
            new Predicate.Method(m.name(), m.set(), m.settings(), m.stop(), 77),
            p.data(),
            p.ids(),
            p.environment(),
            p.audit(),
            p.proves(),
            p.doesNotProve());
    SigningKey key = new Keys(Path.of(System.getenv("DEEPCUT_CONFIG"))).own();
    Certificate.sign(FolderHashes.of(model), FolderHashes.of(copy), lie, key)
        .write(copy.resolve("certificate.json"));
    Object[] args = {
      "verify",
      copy.resolve("certificate.json"),
      "--model",
      copy,
      "--salt",
      tiny.path("unlearned.certificate.salt"),
      "--data",
      tiny.path("train.conll")
    };
    assertThat(Cli.run(args).status()).isZero();
    Object[] replay = java.util.Arrays.copyOf(args, args.length + 1);
    replay[args.length] = "--replay";
    Cli cli = Cli.run(replay);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).contains("replay: tensor model.safetensors#classifier.weight");
  }

  @Test
  void otherDataAreNamed() {
    Cli cli = verify("--data", tiny.path("test.conll"));
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).contains("test.conll: its SHA-256 is");
    Cli other = verify("--original", tiny.path("base"));
    assertThat(other.out()).contains("model.safetensors: is missing");
  }

  @Test
  void anUnlearnedModelIsUnlearnedAgain() throws IOException {
    Path second = tiny.path("second");
    Cli.done(tiny.unlearn(out, second, "--seed", 4));
    Cli.done("verify", second.resolve("certificate.json"), "--model", second, "--original", out);
    Path bare = tiny.path("bare");
    Cli.done(tiny.unlearn(out, bare, "--no-certificate"));
    assertThat(bare.resolve("certificate.json")).doesNotExist();
    assertThat(tiny.path("bare.certificate.salt")).doesNotExist();
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

  private Path copy(Path from, String to) throws IOException {
    Path target = Files.createDirectory(tiny.path(to));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
