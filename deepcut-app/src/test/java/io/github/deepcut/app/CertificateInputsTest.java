package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a certificate says of data, of other weights and of the retrained model. */
class CertificateInputsTest extends CertifiedModel {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  @Test
  void otherDataAreNamed() {
    Cli cli = verify("--data", tiny.path("test.conll"));
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).contains("test.conll: its SHA-256 is");
    Cli other = verify("--original", tiny.path("base"));
    assertThat(other.out()).contains("model.safetensors: is missing");
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
}
