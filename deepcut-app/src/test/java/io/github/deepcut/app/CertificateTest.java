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
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Fingerprint;
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
    Object[] json = java.util.Arrays.copyOf(verify, 5);
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
    Object[] given = java.util.Arrays.copyOf(verify, 6);
    given[4] = "--public-key";
    given[5] = open;
    assertThat(Cli.done(given).out()).contains(", the one given");
    assertThat(Cli.run("trust", "--remove", "abc").err()).contains("'abc': expected the id of a");
    assertThat(Cli.run("trust", secret).err()).contains("expected PEM from -----BEGIN PUBLIC KEY");
    assertThat(Cli.run("trust", open, "--remove", "x").status()).isEqualTo(2);
  }

  /** The case: ids kept, the texts of the forgotten ones exchanged. */
  @Test
  void exchangedTextsAreFound() throws IOException {
    String right = Files.readString(tiny.path("train.conll"));
    // the sentences of P-1 speak of another illness than those that the model learnt
    int from = right.indexOf("# patient = P-1\n");
    int to = right.indexOf("# patient = P-2\n");
    String theirs = right.substring(from, to);
    String other = right.replace(theirs, theirs.replaceAll("(?m)^[a-z]+\tB-ILL", "measles\tB-ILL"));
    Path exchanged = Files.writeString(tiny.path("exchanged.conll"), other);
    Path salt = salt("unlearned");
    Cli found = verify("--data", exchanged, "--salt", salt);
    assertThat(found.status()).isEqualTo(1);
    assertThat(found.out())
        .contains(
            "exchanged.conll: its SHA-256 is",
            "data: 12 of the 12 forgotten rows have other contents than those that were certified");

    // certified with the exchanged file: said when it is issued, in it, and whenever it is checked
    Path out = tiny.path("with-exchanged");
    Object[] args = tiny.unlearn(model, out);
    args[4] = exchanged;
    assertThat(Cli.done(args).err())
        .contains("is not, byte for byte, what the model was trained on");
    Object[] verify = {
      "verify", out.resolve("certificate.json"), "--model", out, "--original", model
    };
    String warning =
        "warning: the training data are not, byte for byte, what the original's record";
    assertThat(Cli.done(verify).out()).contains("\n" + warning, "its record names another file");
    Object[] both = {
      "verify",
      out.resolve("certificate.json"),
      "--model",
      out,
      "--original",
      model,
      "--data",
      exchanged
    };
    assertThat(Cli.done(both).out()).contains("\n" + warning);
    both[7] = tiny.path("train.conll");
    assertThat(Cli.run(both).out())
        .contains("data: 12 of the 12 forgotten rows have other contents");
  }

  private Path salt(String name) throws IOException {
    try (var files = Files.list(tiny.folder())) {
      return files
          .filter(
              f -> f.getFileName().toString().matches(name + "\\.certificate\\.[0-9a-f]+\\.salt"))
          .reduce((a, b) -> org.junit.jupiter.api.Assertions.fail("two: " + a + ", " + b))
          .orElseThrow();
    }
  }

  @Test
  void theRetrainedModelIsNamedByItsFingerprint() throws IOException {
    Path kept = tiny.path("kept");
    Path first = tiny.path("retrained-kept");
    Cli.done(tiny.unlearn(model, first, "--retrain", "--keep-retrained", kept));
    Path second = tiny.path("retrained-here");
    Cli.done(tiny.unlearn(model, second, "--retrain"));
    Path third = tiny.path("retrained-given");
    Cli.done(tiny.unlearn(model, third, "--retrained", kept));
    String fingerprint = Fingerprint.ofModel(kept);
    for (Path out : List.of(first, second, third)) {
      Path file = out.resolve("certificate.json");
      assertThat(Certificate.read(file).predicate().retrained().fingerprint())
          .isEqualTo(fingerprint);
      Cli.done("verify", file, "--model", out, "--retrained", kept);
      assertThat(Cli.run("verify", file, "--model", out, "--retrained", model).status())
          .isEqualTo(1);
    }
    assertThat(Certificate.read(certificate).predicate().retrained()).isNull();
    try (var files = Files.list(tiny.folder())) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.contains(".tmp-"));
    }
  }

  @Test
  void whatIsCopiedUnreadIsCertifiedOnRequestAlone() throws IOException {
    Path old = copy(model, "with-old-weights");
    Files.writeString(old.resolve("pytorch_model.bin"), "old weights");
    Files.writeString(old.resolve("optimizer.pt"), "moments");
    Path out = tiny.path("old-out");
    Cli refused = Cli.run(tiny.unlearn(old, out));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("optimizer.pt, pytorch_model.bin: remove them, or pass --keep-other-weights")
        .doesNotContain("forget 12 of the 48"); // nothing was begun
    assertThat(out).doesNotExist();
    Cli.done(tiny.unlearn(old, out, "--keep-other-weights"));
    Path file = out.resolve("certificate.json");
    assertThat(Certificate.read(file).predicate().unread())
        .containsExactly("optimizer.pt", "pytorch_model.bin");
    assertThat(Cli.done("verify", file, "--model", out).out())
        .contains(
            "  copied unread: optimizer.pt, pytorch_model.bin\n",
            "may hold what the original learnt: optimizer.pt, pytorch_model.bin");
    Cli.done(tiny.unlearn(old, tiny.path("old-bare"), "--no-certificate"));

    Path code = copy(model, "with-code");
    ObjectNode config = (ObjectNode) JSON.readTree(code.resolve("config.json").toFile());
    config.putObject("auto_map").put("AutoModel", "modeling.Mine");
    JSON.writeValue(code.resolve("config.json").toFile(), config);
    Cli coded = Cli.run(tiny.unlearn(code, tiny.path("code-out"), "--keep-other-weights"));
    assertThat(coded.status()).isEqualTo(2);
    assertThat(coded.err()).contains("config.json: auto_map is {\"AutoModel\":\"modeling.Mine\"}");
  }

  /** At every moment the folder of that name has its salt: the crash points one by one. */
  @Test
  void theSaltIsThereBeforeTheFolderAndStaysAsLongAsIt() throws IOException {
    Path out = tiny.path("salted");
    Path data = tiny.path("train.conll");
    Object[] verify = {"verify", out.resolve("certificate.json"), "--model", out, "--data", data};
    Cli.done(tiny.unlearn(model, out));
    Path old = salt("salted");
    assertThat(Files.getPosixFilePermissions(old)).hasSize(2);

    // a crash behind the new salt and before the folder: the old folder has its own
    Path fresh = Salt.write(out, new byte[32]);
    assertThat(fresh).isNotEqualTo(old);
    Cli.done(verify);
    // a crash behind the folder and before the old salt goes: the new folder has its own
    String kept = Files.readString(old);
    Cli.done(tiny.unlearn(model, out, "--seed", 5, "--force"));
    assertThat(old).doesNotExist();
    Files.writeString(old, kept);
    Cli.done(verify);
    Files.delete(old);
    Files.delete(fresh);
    salt("salted"); // one alone
    // replaced by a folder without a certificate: no salt stays beside it
    Cli.done(tiny.unlearn(model, out, "--no-certificate", "--force"));
    try (var files = Files.list(tiny.folder())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(n -> n.matches("salted\\.certificate\\..*"));
    }
  }

  @Test
  void aReplayWithAnAbsurdNumberOfThreadsIsBounded() throws IOException {
    Path copy = copy(out, "threads");
    Predicate p = Certificate.read(certificate).predicate();
    Environment e = p.environment();
    Predicate lie =
        new Predicate(
            p.version(),
            p.issued(),
            p.signer(),
            p.method(),
            p.data(),
            p.ids(),
            p.retrained(),
            p.unread(),
            new Environment(e.jdk(), e.os(), e.cpu(), e.libtorch(), 1_000_000),
            p.audit(),
            p.proves(),
            p.doesNotProve());
    SigningKey key = new Keys(Path.of(System.getenv("DEEPCUT_CONFIG"))).own();
    Certificate.sign(FolderHashes.of(model), FolderHashes.of(copy), lie, key)
        .write(copy.resolve("certificate.json"));
    Cli cli =
        Cli.run(
            "verify",
            copy.resolve("certificate.json"),
            "--model",
            copy,
            "--replay",
            "--data",
            tiny.path("train.conll"),
            "--salt",
            salt("unlearned"));
    org.bytedeco.pytorch.global.torch.set_num_threads(1); // as the other tests have it
    assertThat(cli.out() + cli.err())
        .containsPattern("note: the certificate names 1000000 threads, computed with \\d{2,3}\n");
    assertThat(cli.status()).isIn(0, 1); // sums of so many threads may differ in their last bits
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
    Certificate.sign(FolderHashes.of(model), FolderHashes.of(copy), lie, stranger)
        .write(copy.resolve("certificate.json"));
    Cli cli =
        Cli.done("verify", copy.resolve("certificate.json"), "--model", copy, "--public-key", open);
    assertThat(cli.out().lines().filter(line -> line.startsWith("signed by key"))).hasSize(1);
    assertThat(cli.out())
        .contains("x\\nsigned by key 00, the one given\\u001b[2K\\u202e\\u2028 forged")
        .doesNotContain("\u001b", "\u202e", "\u2028");
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
            p.retrained(),
            p.unread(),
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
      salt("unlearned"),
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
