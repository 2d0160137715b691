package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a model makes of the items of some rows: of those whose label is known.
 *
 * @param features hidden state of each (N, H)
 * @param logits (N, C)
 * @param labels (N)
 */
public record ItemOutputs(Tensor features, Tensor logits, int[] labels) {

  /**
   * Runs the model.
   *
   * @param model to run, on its device
   * @param rows in one batch; none give outputs of no items
   * @param training whether with dropout, and with the batch's own statistics in batch norms
   * @param bf16 whether in mixed precision
   * @return the items of the rows, in their order, whose label is known
   */
  public static ItemOutputs of(
      Classifier model, List<? extends Input> rows, boolean training, boolean bf16) {
    if (rows.isEmpty()) {
      Tensor none = Tensors.beside(torch.zeros(0, 1), model.weights().any());
      return new ItemOutputs(none, none, new int[0]);
    }
    Batch batch = model.batch(rows);
    try (var mixed = Autocast.set(bf16)) {
      return of(model.forward(batch, training), batch.labels());
    }
  }

  /**
   * Asks a model as it is used: without dropout or gradients.
   *
   * @param model to run, on its device
   * @param rows in one batch; none give outputs of no items
   * @param bf16 whether in mixed precision
   * @return the items of the rows, in their order, whose label is known
   */
  public static ItemOutputs asked(Classifier model, List<? extends Input> rows, boolean bf16) {
    try (var noGrad = new NoGradGuard()) {
      return of(model, rows, false, bf16);
    }
  }

  /**
   * {@return the items whose label is not -1, in single precision}
   *
   * @param out of all items, N' of them
   * @param labels of the same items (N'); -1 where it is not known
   */
  public static ItemOutputs of(Classifier.Output out, int[] labels) {
    int[] known = IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
    return new ItemOutputs(
        Tensors.rows(out.items().to(torch.ScalarType.Float), known),
        Tensors.rows(out.logits().to(torch.ScalarType.Float), known),
        Arrays.stream(known).map(i -> labels[i]).toArray());
  }

  /**
   * {@return forgotten rows of which the items to forget alone have a label} Of a sentence to tag
   * these are the entity words, for the others say {@code O} in every sentence. Where there is no
   * entity, every word is.
   *
   * @param model whose task and labels tell what an entity is
   * @param rows D_f
   */
  public static List<Input> toForget(Classifier model, List<? extends Input> rows) {
    int outside = model.task() == Task.NER ? model.labels().indexOf("O") : -1;
    if (outside < 0) {
      return List.copyOf(rows);
    }
    List<Input> entities =
        rows.stream()
            .filter(r -> Arrays.stream(r.labels()).anyMatch(c -> c >= 0 && c != outside))
            .map(
                r ->
                    r.withLabels(
                        Arrays.stream(r.labels()).map(c -> c == outside ? -1 : c).toArray()))
            .toList();
    return entities.isEmpty() ? List.copyOf(rows) : entities;
  }

  /**
   * {@return how many items with a known label there are}
   *
   * @param rows to count in
   */
  public static int known(List<? extends Input> rows) {
    return (int)
        rows.stream().flatMapToInt(r -> Arrays.stream(r.labels())).filter(c -> c >= 0).count();
  }

  /** {@return N, how many items there are} */
  public int size() {
    return labels.length;
  }

  /** {@return the probability of each one's own class (N)} */
  public float[] likelihoods() {
    if (labels.length == 0) {
      return new float[0];
    }
    Tensor own = Tensors.beside(Tensors.longs(labels), logits).unsqueeze(1); // (N, 1)
    return Tensors.floats(logits.softmax(1).gather(1, own));
  }

  /**
   * {@return the first {@code n} items}
   *
   * @param n how many
   */
  public ItemOutputs to(int n) {
    return new ItemOutputs(
        features.narrow(0, 0, n), logits.narrow(0, 0, n), Arrays.copyOfRange(labels, 0, n));
  }

  /**
   * {@return all items but the first {@code n}}
   *
   * @param n how many to leave out
   */
  public ItemOutputs from(int n) {
    return new ItemOutputs(
        features.narrow(0, n, size() - n),
        logits.narrow(0, n, size() - n),
        Arrays.copyOfRange(labels, n, size()));
  }

  /** The mean of one value an item (N), 0 where there is no item. */
  Tensor mean(Tensor values) {
    return size() == 0 ? torch.zeros(1L).sum() : values.mean();
  }

  /** {@return the mean CE of the items' own labels in nats; 0 where there is no item} */
  public Tensor crossEntropy() {
    return crossEntropy(labels);
  }

  /**
   * {@return the mean CE of other labels in nats; 0 where there is no item}
   *
   * @param others a label for each item (N)
   */
  public Tensor crossEntropy(int[] others) {
    return size() == 0 ? torch.zeros(1L).sum() : Trainer.crossEntropy(logits, others);
  }

  /**
   * {@return T²·KL(softmax(teacher/T) ‖ softmax(these/T)) in nats, mean over the items; 0 where
   * there is none}
   *
   * @param teacher logits of the same items (N, C)
   * @param temperature T
   */
  public Tensor divergence(Tensor teacher, double temperature) {
    if (size() == 0) {
      return torch.zeros(1L).sum();
    }
    return Divergence.of(teacher, logits, temperature).mean();
  }
}
