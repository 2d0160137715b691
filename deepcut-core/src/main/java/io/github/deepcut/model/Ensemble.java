package io.github.deepcut.model;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Classifiers of one kind that answer together, by the mean of their softmax outputs (Bourtoule et
 * al., arXiv 1912.03817, on aggregation). Its logits are the logarithms of that mean, so whoever
 * takes their softmax gets the mean. Input and latent space are those of the members side by side.
 */
public final class Ensemble implements Classifier {
  private final List<Classifier> members;
  private final Weights weights;

  private Ensemble(List<Classifier> members, Weights weights) {
    this.members = List.copyOf(members);
    this.weights = weights;
  }

  /**
   * Of {@code members}, at least one. Their weights go by {@code shard-1/}, {@code shard-2/}, … and
   * their own names; closing the ensemble's closes theirs.
   *
   * @throws InputException if they differ in task or labels
   */
  public static Ensemble of(List<Classifier> members) {
    Classifier first = members.get(0);
    Map<String, Weights> parts = new LinkedHashMap<>();
    for (Classifier m : members) {
      if (m.task() != first.task() || !m.labels().equals(first.labels())) {
        throw new InputException(
            "the models of an ensemble must agree: one does %s with the labels %s, another %s with %s"
                .formatted(first.task().key(), first.labels(), m.task().key(), m.labels()));
      }
      parts.put(prefix(parts.size()), m.weights());
    }
    return new Ensemble(members, Weights.joined(parts));
  }

  private static String prefix(int member) {
    return "shard-" + (member + 1) + "/";
  }

  /** How many models answer. */
  public int size() {
    return members.size();
  }

  /** The members' inputs side by side: (R, S * H), or (B, S * C, H, W). */
  @Override
  public Tensor input(Batch batch) {
    TensorVector inputs = new TensorVector();
    members.forEach(m -> inputs.push_back(m.input(batch)));
    return torch.cat(inputs, 1);
  }

  @Override
  public Output forward(Tensor input, Batch batch, boolean training) {
    TensorVector inputs = input.chunk(members.size(), 1);
    TensorVector items = new TensorVector();
    TensorVector logs = new TensorVector();
    for (int i = 0; i < members.size(); i++) {
      Output said = members.get(i).forward(inputs.get(i), batch, training);
      items.push_back(said.items());
      logs.push_back(said.logits().to(torch.ScalarType.Float).log_softmax(-1));
    }
    Tensor sum = torch.stack(logs).logsumexp(0); // (S, N, C) -> (N, C)
    return new Output(
        torch.cat(items, 1), // (N, S * H)
        sum.sub(new Scalar(Math.log(members.size())))); // (N, C)
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public Ensemble withWeights(Weights other) {
    return new Ensemble(
        IntStream.range(0, members.size())
            .mapToObj(i -> members.get(i).withWeights(other.under(prefix(i))))
            .toList(),
        other);
  }

  @Override
  public List<String> labels() {
    return members.get(0).labels();
  }

  @Override
  public Task task() {
    return members.get(0).task();
  }
}
