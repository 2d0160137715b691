package io.github.deepcut.audit;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.JensenShannon;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a model says of a dataset, example by example: the material of every metric. An example of a
 * tagger is a sentence; its loss is the mean over its words.
 *
 * @param labels the model's labels by index
 * @param items the predictions of each example's items, in the order of the dataset
 */
public record Evaluation(Dataset data, List<String> labels, List<List<Prediction>> items) {

  /** Runs {@code model} over the encoded examples of {@code data}. */
  public static Evaluation of(
      Classifier model, Dataset data, List<? extends Input> rows, Predictor predictor) {
    List<List<Prediction>> items = new ArrayList<>();
    data.examples().forEach(e -> items.add(new ArrayList<>()));
    predictor.predict(model, rows).forEach(p -> items.get(p.example()).add(p));
    return new Evaluation(data, model.labels(), items);
  }

  /** The same with the classes in another order; {@code order} holds the same labels. */
  public Evaluation under(List<String> order) {
    if (order.equals(labels)) {
      return this;
    }
    int[] at = order.stream().mapToInt(labels::indexOf).toArray();
    return new Evaluation(
        data,
        order,
        items.stream().map(ps -> ps.stream().map(p -> under(p, order, at)).toList()).toList());
  }

  private Prediction under(Prediction p, List<String> order, int[] at) {
    float[] log = new float[at.length];
    for (int c = 0; c < at.length; c++) {
      log[c] = p.logProbabilities()[at[c]];
    }
    int label = p.label() < 0 ? -1 : order.indexOf(labels.get(p.label()));
    return new Prediction(p.example(), p.word(), label, log);
  }

  /** The examples at {@code positions}, in that order; a position may come twice. */
  public Evaluation select(int[] positions) {
    return new Evaluation(
        data.select(positions), labels, Arrays.stream(positions).mapToObj(items::get).toList());
  }

  /** Mean cross-entropy of each example's items in nats; 0 for an example without items. */
  public double[] losses() {
    return items.stream()
        .mapToDouble(ps -> ps.stream().mapToDouble(Prediction::loss).average().orElse(0))
        .toArray();
  }

  /** Accuracy for sentences, entity F1 for tags, as a fraction with its interval. */
  public Value quality(Bootstrap bootstrap) {
    return data.task() == Task.NER ? EntityF1.of(counts(), bootstrap) : Accuracy.of(correct());
  }

  /** The same as a function of drawn examples, for paired intervals. */
  public ToDoubleFunction<int[]> statistic() {
    return data.task() == Task.NER ? EntityF1.statistic(counts()) : Accuracy.statistic(correct());
  }

  /** Accuracy or entity F1, NaN where it is undefined. */
  public double score() {
    return statistic().applyAsDouble(java.util.stream.IntStream.range(0, data.size()).toArray());
  }

  /** Each example with its loss and its class, for the attack by loss. */
  public List<Scored> scored() {
    double[] losses = losses();
    List<Scored> out = new ArrayList<>(losses.length);
    for (int i = 0; i < losses.length; i++) {
      out.add(new Scored(data.examples().get(i).id(), stratum(i), losses[i]));
    }
    return out;
  }

  /** Each example with all that the model says of it, for attacks of any kind. */
  public List<Sample> samples() {
    List<Sample> out = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      out.add(new Sample(data.examples().get(i).id(), stratum(i), items.get(i)));
    }
    return out;
  }

  /** A sentence's label; of a tagged one the entity type that it has most of, or {@code O}. */
  private String stratum(int example) {
    if (data.examples().get(example) instanceof LabeledText text) {
      return text.label();
    }
    if (data.examples().get(example) instanceof LabeledImage image) {
      return image.label();
    }
    TaggedSentence sentence = (TaggedSentence) data.examples().get(example);
    Map<String, Long> types =
        EntityF1.spans(sentence.tags()).stream()
            .collect(Collectors.groupingBy(Span::type, TreeMap::new, Collectors.counting()));
    return types.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("O");
  }

  /** The tags that the model gives an example's words. */
  public List<String> tags(int example) {
    return items.get(example).stream().map(p -> labels.get(p.best())).toList();
  }

  private List<EntityF1.Counts> counts() {
    List<EntityF1.Counts> out = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      out.add(EntityF1.counts(((TaggedSentence) data.examples().get(i)).tags(), tags(i)));
    }
    return out;
  }

  private boolean[] correct() {
    boolean[] correct = new boolean[items.size()];
    for (int i = 0; i < correct.length; i++) {
      Prediction p = items.get(i).get(0);
      correct[i] = p.best() == p.label();
    }
    return correct;
  }

  /** JS divergence (nats) between two models' outputs, the mean over each example's items. */
  public double[] divergence(Evaluation other) {
    double[] out = new double[items.size()];
    for (int i = 0; i < out.length; i++) {
      List<Prediction> mine = items.get(i);
      List<Prediction> theirs = other.items.get(i);
      double sum = 0;
      for (int k = 0; k < mine.size(); k++) {
        sum += JensenShannon.divergence(probabilities(mine.get(k)), probabilities(theirs.get(k)));
      }
      out[i] = mine.isEmpty() ? 0 : sum / mine.size();
    }
    return out;
  }

  private static double[] probabilities(Prediction p) {
    double[] out = new double[p.logProbabilities().length];
    Arrays.setAll(out, c -> Math.exp(p.logProbabilities()[c]));
    double sum = Arrays.stream(out).sum(); // float32 rounding: off 1 by about 1e-7
    Arrays.setAll(out, c -> out[c] / sum);
    return out;
  }
}
