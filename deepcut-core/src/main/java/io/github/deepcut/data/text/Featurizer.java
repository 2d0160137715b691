package io.github.deepcut.data.text;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.LazySequences;
import io.github.deepcut.data.Names;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns examples into model input. A sentence to classify is one row, cut where it is too long. A
 * sentence to tag is one row, or several overlapping ones where it is too long; each word is an
 * item, at its first sub-word, in exactly one of them.
 */
public final class Featurizer {
  /** As many sentences to tag are turned into all their windows at once. */
  private static final int FEW = 20_000;

  /** Most rows that a lazy list remembers. */
  private static final int REMEMBERED = 50_000;

  /** Most examples whose rows are remembered where all are made again. */
  private static final int RECENT = 1000;

  private final Tokenizer tokenizer;
  private final List<String> labels;
  private final Map<String, Integer> classes = new HashMap<>();
  private final int maxLength;

  /**
   * @param labels the model's classes, in order
   * @param maxLength most tokens in a row, special tokens included
   */
  public Featurizer(Tokenizer tokenizer, List<String> labels, int maxLength) {
    if (maxLength <= tokenizer.specialsAround()) {
      throw new IllegalArgumentException(
          "maxLength " + maxLength + ": must be above " + tokenizer.specialsAround());
    }
    this.tokenizer = tokenizer;
    this.labels = List.copyOf(labels);
    this.maxLength = maxLength;
    for (String label : labels) {
      classes.put(label, classes.size());
    }
  }

  /**
   * All rows, in the order of the examples.
   *
   * @throws InputException if an example has a label that the model does not know
   */
  public List<Sequence> encode(Dataset data) {
    List<Sequence> rows = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      rows.addAll(rows(i, data));
    }
    return rows;
  }

  /**
   * The rows of a large dataset, made when they are asked for, so that the time goes with the rows
   * that are used and not with those there are. Each example has one. Of a sentence to tag that is
   * too long for one, a window stands for it; where there are no more than {@value #FEW} such
   * sentences, all rows are made at once instead.
   *
   * @throws InputException if an example has a label that the model does not know
   */
  public List<Sequence> lazy(Dataset data) {
    if (data.task() == Task.NER && data.size() <= FEW) {
      return encode(data);
    }
    for (int i = 0; i < data.size(); i++) {
      for (String label : data.labels(i)) {
        if (!classes.containsKey(label)) {
          classOf(label, data.source(), data.examples().get(i).id());
        }
      }
    }
    return new Rows(data);
  }

  /**
   * The same rows as of {@link #encode}, each made again when it is asked for. Of each is held how
   * long it is, and of sentences to tag where their rows begin; to know that, every example is read
   * once.
   *
   * @throws InputException if an example has a label that the model does not know
   */
  public List<Sequence> again(Dataset data) {
    return new AllRows(data);
  }

  private List<Sequence> rows(int example, Dataset data) {
    Example read = data.examples().get(example);
    if (read instanceof TaggedSentence sentence) {
      List<Sequence> windows = new ArrayList<>();
      addWindows(example, sentence, data.source(), windows);
      return windows;
    }
    return List.of(row(example, (LabeledText) read, data.source()));
  }

  /** All rows of a dataset. */
  private final class AllRows extends LazySequences {
    private final Dataset data;
    private final int[] lengths;

    /** The first row of each example; null where each has one. */
    private final int[] first;

    private final Map<Integer, List<Sequence>> made = new LinkedHashMap<>(16, 0.75f, true);

    AllRows(Dataset data) {
      this.data = data;
      int[] starts = new int[data.size()];
      IntStream.Builder all = IntStream.builder();
      int next = 0;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = next;
        List<Sequence> some = rows(i, data);
        some.forEach(row -> all.add(row.length()));
        next += some.size();
      }
      lengths = all.build().toArray();
      first = lengths.length == starts.length ? null : starts;
    }

    @Override
    public int size() {
      return lengths.length;
    }

    @Override
    public int length(int row) {
      return lengths[row];
    }

    @Override
    public int[] classes(int row) {
      return get(row).labels();
    }

    @Override
    public Sequence get(int row) {
      if (first == null) {
        return ofExample(row).get(0);
      }
      int found = Arrays.binarySearch(first, row);
      int example = found >= 0 ? found : -found - 2;
      return ofExample(example).get(row - first[example]);
    }

    private List<Sequence> ofExample(int example) {
      List<Sequence> some = made.computeIfAbsent(example, e -> rows(e, data));
      if (made.size() > RECENT) {
        made.remove(made.keySet().iterator().next());
      }
      return some;
    }
  }

  /** Rows of a dataset, the last ones that were made remembered. */
  private final class Rows extends LazySequences {
    private final Dataset data;
    private final Map<Integer, Sequence> made = new LinkedHashMap<>(16, 0.75f, true);

    Rows(Dataset data) {
      this.data = data;
    }

    @Override
    public int size() {
      return data.size();
    }

    @Override
    public int[] classes(int row) {
      List<String> names = data.labels(row);
      if (names.size() == 1) {
        return new int[] {classes.get(names.get(0))};
      }
      return names.stream().mapToInt(classes::get).toArray();
    }

    @Override
    public Sequence get(int i) {
      Sequence row = made.get(i);
      if (row == null) {
        List<Sequence> all = rows(i, data);
        row = all.get(i % all.size());
        made.put(i, row);
        if (made.size() > REMEMBERED) {
          made.remove(made.keySet().iterator().next());
        }
      }
      return row;
    }
  }

  private Sequence row(int example, LabeledText text, String source) {
    Encoded encoded = tokenizer.encode(text.text(), text.pair(), maxLength);
    int label = text.label() == null ? -1 : classOf(text.label(), source, text.id());
    int[] zero = {0};
    return new Sequence(example, encoded.ids(), encoded.types(), zero, zero, new int[] {label});
  }

  private void addWindows(int example, TaggedSentence sentence, String source, List<Sequence> out) {
    int[] classOfWord = new int[sentence.words().size()];
    Arrays.fill(classOfWord, -1);
    for (int w = 0; w < sentence.tags().size(); w++) {
      classOfWord[w] = classOf(sentence.tags().get(w), source, sentence.id());
    }
    int capacity = maxLength - tokenizer.specialsAround();
    int[][] pieces = tokenizer.encodeWords(sentence.words()).atMost(capacity).pieces();
    int[] lengths = Arrays.stream(pieces).mapToInt(word -> word.length).toArray();
    Windows windows = Windows.of(capacity, lengths);
    for (Windows.Window window : windows.cut()) {
      int[] shown =
          Arrays.stream(pieces, window.from(), window.to()).flatMapToInt(Arrays::stream).toArray();
      Encoded encoded = tokenizer.around(shown);
      int before = tokenizer.specialsBefore() - windows.starts()[window.from()];
      int[] own = window.own();
      int[] positions = Arrays.stream(own).map(w -> before + windows.starts()[w]).toArray();
      int[] classesOfOwn = Arrays.stream(own).map(w -> classOfWord[w]).toArray();
      out.add(new Sequence(example, encoded.ids(), encoded.types(), positions, own, classesOfOwn));
    }
  }

  private int classOf(String label, String source, String id) {
    Integer known = classes.get(label);
    if (known == null) {
      throw new InputException(
          "%s: example %s: label '%s' is none of the model's: %s"
              .formatted(source, id, label, Names.first(10, labels)));
    }
    return known;
  }
}
