package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.certificate.Certificate;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.provenance.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was certified, unlearned again. */
class ReplayTest extends CertifiedModel {

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
    certify(copy, lie, keys().own());
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
            new Predicate.Method(m.name(), m.set(), m.settings(), m.stop(), 77, null),
            p.data(),
            p.ids(),
            p.retrained(),
            p.unread(),
            p.environment(),
            p.audit(),
            p.proves(),
            p.doesNotProve());
    certify(copy, lie, keys().own());
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
    Object[] replay = Arrays.copyOf(args, args.length + 1);
    replay[args.length] = "--replay";
    Cli cli = Cli.run(replay);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).contains("replay: tensor model.safetensors#classifier.weight");
  }
}
