package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
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
import io.github.deepcut.unlearn.loss.Contrast.Side;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Contrastive Unlearning (Lee, Zhang, Yang, Lou and Xiong, arXiv 2401.10458, IJCAI 2025).
 *
 * <p>Algorithm 1: each batch of D_f meets ω batches of D_r, drawn afresh and as large, and each
 * time the model descends on <b>L = λ_UL·L_UL + λ_CE·L_CE</b> (Eq. 7): the cross-entropy of the
 * retained items, and between the unit-length embeddings of forgotten and retained items Eq. 5
 * ({@link ContrastiveLoss#SAMPLE}), or Eq. 6 ({@link ContrastiveLoss#CLASS}) for anchors of a class
 * that is forgotten whole. The stop rule is asked after each pass over D_f, of a class of images
 * also within it.
 *
 * <p>Departures: embeddings have unit length and L_UL is a mean over the anchors that have
 * partners, so that neither depends on the batch; for texts half of a retained batch is of the
 * anchors' own classes ({@code partners}), for with 150 classes most anchors had no one to be
 * pushed from; an item of a sentence to tag is an entity word, whose class is its type; a sample of
 * a class forgotten whole is left alone once the model gives its class no more than chance, for Eq.
 * 6 would pull it on for ever, and what moves it moves the rest.
 *
 * @param lambdaUnlearn λ_UL
 * @param lambdaCrossEntropy λ_CE
 * @param temperature τ
 * @param retainBatches ω, 1 to 4 in the paper
 * @param minSteps of a pass, at least: ω is raised where a few samples would make fewer
 * @param partners whether half of a retained batch is of the anchors' classes
 */
@About(what = "pushes forgotten items from their class towards others", source = "arXiv 2401.10458")
public record ContrastiveUnlearning(
    @Setting(value = "λ_UL, weight of the loss in latent space", range = Range.NOT_NEGATIVE)
        double lambdaUnlearn,
    @Setting(
            value = "λ_CE, weight of the cross-entropy of retained items",
            range = Range.NOT_NEGATIVE)
        double lambdaCrossEntropy,
    @Setting(value = "τ of the contrast", range = Range.POSITIVE) double temperature,
    @Setting(
            value = "ω, retained batches that each forgotten batch meets; 1 to 4 in the paper",
            range = Range.AT_LEAST_ONE)
        int retainBatches,
    @Setting(
            value = "steps of a pass, at least: ω rises where a few samples would make fewer",
            range = Range.NOT_NEGATIVE)
        int minSteps,
    @Setting("whether half of a retained batch is of the anchors' classes") boolean partners,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public ContrastiveUnlearning {
    Check.notNegative("lambda_unlearn", lambdaUnlearn);
    Check.notNegative("lambda_cross_entropy", lambdaCrossEntropy);
    Check.positive("temperature", temperature);
    Check.atLeastOne("retain_batches", retainBatches);
    Check.notNegative("min_steps", minSteps);
  }

  /**
   * The authors' weights and temperature for texts. Images go ten times as fast as theirs, to be
   * done in one pass, under a rate that falls within the pass, and with gradients clipped.
   */
  public static ContrastiveUnlearning defaults(Task task) {
    return task == Task.IMAGE
        ? new ContrastiveUnlearning(
            5,
            2,
            0.7,
            2,
            0,
            false,
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.03, 1, 0.9, 0, 1, true, 30, 64))
        : new ContrastiveUnlearning(3, 1, 0.7, 4, 0, true, OptimizerSettings.adamW(0.03, 10));
  }

  /**
   * For a class of images that is forgotten whole: one pass over it, under a rate that warms up and
   * falls; once the stop rule, asked within the pass, is content, it falls from where it is. Rates
   * and their course are ours.
   */
  public static ContrastiveUnlearning ofClass() {
    return new ContrastiveUnlearning(
        5,
        2,
        0.7,
        3,
        50,
        false,
        new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.02, 1, 0.9, 0, 5, true, 1, 32));
  }

  @Override
  public String name() {
    return "contrastive-unlearning";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    Classes classes = new Classes(model.labels(), model.task() == Task.NER, false);
    RetainSampler drawn = new RetainSampler(sets.retain(), classes);
    Set<Integer> lost = sets.lost();
    int batches = (sets.forget().size() + descent.batchSize() - 1) / descent.batchSize();
    int times = Math.max(retainBatches, (minSteps + batches - 1) / batches);
    BatchPlan draws = BatchPlan.forgotten(descent.batchSize(), times);
    return new Loop(descent, draws, model, sets)
        .run(
            stop,
            run,
            step -> {
              List<Input> anchors = anchors(step, model, lost);
              List<Input> all = new ArrayList<>(anchors);
              all.addAll(retained(step, drawn));
              ItemOutputs items = step.forward(all);
              int f = ItemOutputs.known(anchors);
              Tensor ce = items.from(f).crossEntropy().mul(new Scalar(lambdaCrossEntropy));
              return unlearning(items.to(f), items.from(f), classes, lost)
                  .mul(new Scalar(lambdaUnlearn))
                  .add(ce);
            });
  }

  /** The forgotten rows but those of a lost class to which the model gives no more than chance. */
  private static List<Input> anchors(Step step, Classifier model, Set<Integer> lost) {
    if (lost.isEmpty()) {
      return step.forgetRows();
    }
    double chance = 1.0 / model.labels().size();
    ItemOutputs items = step.asked(step.forgetRows());
    float[] own = items.likelihoods();
    List<Input> anchors = new ArrayList<>();
    int begin = 0;
    for (Input row : step.forgetRows()) {
      int end = begin + ItemOutputs.known(List.of(row));
      if (IntStream.range(begin, end)
          .anyMatch(i -> own[i] > chance || !lost.contains(items.labels()[i]))) {
        anchors.add(row);
      }
      begin = end;
    }
    return anchors;
  }

  private List<Input> retained(Step step, RetainSampler drawn) {
    return partners
        ? drawn.draw(step.forgetRows(), step.retainRows().size(), step.random())
        : step.retainRows();
  }

  /** L_UL: Eq. 5 over the anchors of classes that are still retained, Eq. 6 over the others. */
  private Tensor unlearning(
      ItemOutputs forget, ItemOutputs retain, Classes classes, Set<Integer> lost) {
    ContrastiveLoss[] each = new ContrastiveLoss[forget.size()];
    Arrays.setAll(
        each,
        i -> lost.contains(forget.labels()[i]) ? ContrastiveLoss.CLASS : ContrastiveLoss.SAMPLE);
    Side set = classes.side(retain);
    Tensor sum = torch.zeros_like(retain.logits().sum());
    int anchors = 0;
    for (ContrastiveLoss loss : List.of(ContrastiveLoss.SAMPLE, ContrastiveLoss.CLASS)) {
      int[] of = IntStream.range(0, each.length).filter(i -> each[i] == loss).toArray();
      Side side =
          new Side(
              Tensors.rows(forget.features(), of),
              Arrays.stream(of).map(i -> classes.of(forget.labels()[i])).toArray());
      Contrast contrast = Contrast.of(side, set, temperature, loss.needs());
      sum = sum.add(loss.of(contrast).mul(new Scalar((double) contrast.anchors().length)));
      anchors += contrast.anchors().length;
    }
    return sum.div(new Scalar((double) Math.max(1, anchors)));
  }
}
