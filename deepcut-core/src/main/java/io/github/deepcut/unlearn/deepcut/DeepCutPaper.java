package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.RetainSampler;
import io.github.deepcut.unlearn.loop.Step;
import io.github.deepcut.unlearn.loss.Contrast;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DeepCUT as published (arXiv 2503.14900, Section 3), as far as that is known to us: each batch of
 * D_f meets ω batches of D_r, and the model descends on <b>L = L_CE + γ·L_f</b>, the cross-entropy
 * of the retained items and, with every anchor pushed alike, {@link ContrastiveLoss#DEEPCUT}
 * between unit-length embeddings of forgotten and retained items. Forgotten rows pass the encoder
 * several times under dropout, as views. Anchors of a sentence to tag are its entity words.
 *
 * <p>Ours: half of a retained batch is of the anchors' own classes, and all the settings' values.
 */
@About(
    what = "pushes forgotten items in latent space from their class, all alike",
    source = "arXiv 2503.14900")
public record DeepCutPaper(
    @Setting(value = "γ, weight of L_f", range = Range.POSITIVE) double gamma,
    @Setting(value = "τ of the contrast", range = Range.POSITIVE) double temperature,
    @Setting(
            value = "times that a forgotten row passes the encoder in a step, under dropout",
            range = Range.AT_LEAST_ONE)
        int views,
    @Setting(
            value = "ω, retained batches that each forgotten batch meets",
            range = Range.AT_LEAST_ONE)
        int retainBatches,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public DeepCutPaper {
    Check.positive("gamma", gamma);
    Check.positive("temperature", temperature);
    Check.atLeastOne("views", views);
    Check.atLeastOne("retain_batches", retainBatches);
  }

  /** Where the literature on contrastive losses starts; SGD for images. */
  public static DeepCutPaper defaults(Task task) {
    OptimizerSettings descent =
        task == Task.IMAGE ? OptimizerSettings.sgd(0.01, 10) : OptimizerSettings.adamW(0.3, 10);
    return new DeepCutPaper(0.3, 0.1, 2, 2, descent);
  }

  @Override
  public String name() {
    return "deepcut-paper";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData data, StopRule stop, Run run) {
    Classes classes = new Classes(model.labels(), model.task() == Task.NER, false);
    RetainSampler partners = new RetainSampler(data.retain(), classes);
    return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), retainBatches), model, data)
        .run(stop, run, step -> loss(step, classes, partners));
  }

  private Tensor loss(Step step, Classes classes, RetainSampler partners) {
    List<Input> rows = new ArrayList<>();
    for (int view = 0; view < views; view++) {
      rows.addAll(step.forgetRows());
    }
    int anchors = ItemOutputs.known(rows);
    rows.addAll(partners.draw(step.forgetRows(), step.retainRows().size(), step.random()));
    ItemOutputs items = step.forward(rows);
    ItemOutputs forgotten = items.to(anchors);
    ItemOutputs retained = items.from(anchors);
    Contrast contrast =
        Contrast.of(
            classes.side(forgotten),
            classes.side(retained),
            temperature,
            ContrastiveLoss.DEEPCUT.needs());
    Tensor forgetting = ContrastiveLoss.DEEPCUT.of(contrast);
    return retained.crossEntropy().add(forgetting.mul(new Scalar(gamma)));
  }
}
