package io.github.deepcut.unlearn.loop;

import io.github.deepcut.unlearn.loss.Contrast.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The class of an item in the contrast: its label for sentences, its entity type for words (B-PER
 * and I-PER are one). {@code O}, where there is one, is the background: it contrasts, but its items
 * are no anchors unless asked for.
 */
public final class Classes {
  private final int[] ofLabel;
  private final int background;
  private final boolean anchorBackground;
  private final int count;

  /**
   * Sorts labels into classes.
   *
   * @param labels the model's labels by index
   * @param tags whether they are IOB tags
   * @param anchorBackground whether items outside entities are anchors, too
   */
  public Classes(List<String> labels, boolean tags, boolean anchorBackground) {
    List<String> types = new ArrayList<>();
    ofLabel = new int[labels.size()];
    for (int i = 0; i < ofLabel.length; i++) {
      String type = tags ? labels.get(i).replaceFirst("^[BIESLU]-", "") : labels.get(i);
      if (!types.contains(type)) {
        types.add(type);
      }
      ofLabel[i] = types.indexOf(type);
    }
    count = types.size();
    background = tags ? types.indexOf("O") : -1;
    this.anchorBackground = anchorBackground;
  }

  /** {@return how many classes there are, the background among them} */
  public int count() {
    return count;
  }

  /**
   * {@return the class of a label}
   *
   * @param label index among the model's labels
   */
  public int of(int label) {
    return ofLabel[label];
  }

  /**
   * {@return the features of items (N, H) with the class of each}
   *
   * @param items whose labels are known
   */
  public Side side(ItemOutputs items) {
    return new Side(items.features(), Arrays.stream(items.labels()).map(this::of).toArray());
  }

  /**
   * {@return whether an item of that label is an anchor}
   *
   * @param label index among the model's labels; -1, of an item without a label, is none
   */
  public boolean isAnchor(int label) {
    return label >= 0 && (anchorBackground || !isBackground(label));
  }

  boolean isBackground(int label) {
    return ofLabel[label] == background;
  }

  /** The classes of labels, such as a sequence's, each once, without the background. */
  IntStream anchored(int[] labels) {
    if (labels.length == 1) { // a sentence's, of which there may be millions
      return isAnchored(labels[0]) ? IntStream.of(of(labels[0])) : IntStream.empty();
    }
    return Arrays.stream(labels).filter(this::isAnchored).map(this::of).distinct();
  }

  private boolean isAnchored(int label) {
    return label >= 0 && !isBackground(label);
  }
}
