package io.github.deepcut.examination;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Progress;
import java.util.List;

/** A model that is examined: the classifier, and the way from examples to its input. */
public interface Examinee {
  Classifier classifier();

  /** Examples as the model's input. */
  List<? extends Input> encode(Dataset data);

  /** What a classifier like {@link #classifier}, perhaps with other weights, says of examples. */
  Evaluation evaluate(Classifier classifier, Dataset data, Progress progress);

  /**
   * The peak rate of AdamW at which it was trained, or as good as; where unknown, the usual one.
   */
  double adaptiveRate();
}
