package io.github.deepcut.app.command;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.examination.ShadowAudit;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PoolIdentity;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.shadow.training.Shadows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Attacks with shadow models. */
final class ShadowOptions {
  @Option(
      names = "--shadows",
      paramLabel = "N",
      description =
          "Also attack with N shadow models, trained as the original was: LiRA with 4 or more, IAM"
              + " with 1. They are kept, and serve every request on the same data.")
  private Integer shadows;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where they are kept (default: ~/.cache/deepcut/shadows).")
  private Path cache;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Processes that train them at a time (default: one a core).")
  private Integer jobs;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "How --model was made to unlearn: shadow models do likewise, for U-LiRA. Settings that"
              + " are not the defaults follow in --set, held-out data in --holdout.")
  private String method;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of --method; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** What the audit knows. */
  record Audited(
      ThreeModels<FineTunedModel> models, Path data, Path eval, Path holdout, int[] forget) {
    /** The folder that tells how the model was trained. */
    Path trained() {
      return models.original().orElse(models.unlearned()).folder().path();
    }
  }

  /** Whether shadow models are asked for. */
  boolean wanted() {
    return shadows != null;
  }

  /**
   * Checks what can be checked before the work begins.
   *
   * @param eval data never seen, or null
   */
  void check(Path eval) {
    if (!wanted() && (cache != null || jobs != null || method != null || !settings.isEmpty())) {
      throw new InputException("--cache, --jobs, --method and --set need --shadows N");
    }
    if (wanted() && shadows < 1) {
      throw new InputException("--shadows is " + shadows + ", expected >= 1");
    }
    if (wanted() && eval == null) {
      throw new InputException(
          "--shadows needs --eval: without data never seen, false alarms cannot be counted");
    }
    if (method == null && !settings.isEmpty()) {
      throw new InputException("--set needs --method");
    }
  }

  /** Trains what is missing, and attacks. */
  ShadowAudit.Outcome attack(Audited audited, Run run) {
    Path in = cache == null ? Pool.defaultCache(PoolIdentity.Kind.SHADOW) : cache;
    Shadows.Job job = Shadows.Job.of(audited.trained(), audited.data(), audited.eval(), in);
    int processes = jobs == null ? Workers.defaultJobs() : jobs;
    try (Shadows pool = Shadows.open(job)) {
      ShadowAnswers answers = pool.answers(shadows, processes, run.progress());
      ShadowAnswers unlearned =
          method == null ? null : pool.unlearned(how(audited), shadows, processes, run.progress());
      return new ShadowAudit(audited.models(), audited.forget()).outcome(answers, unlearned, run);
    }
  }

  private Shadows.Unlearning how(Audited audited) {
    Path holdout = audited.holdout();
    String file = holdout == null ? null : holdout.toAbsolutePath().normalize().toString();
    return new Shadows.Unlearning(method, settings, file, audited.forget());
  }
}
