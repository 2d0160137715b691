package io.github.deepcut.data.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How special tokens are set around text, such as {@code [CLS] a [SEP]} and {@code [CLS] a [SEP] b
 * [SEP]}; learned by watching the tokenizer do it.
 *
 * @param single what stands before and after one text
 * @param pair what stands before, between and after two texts
 * @param pairTypes segment of the first and of the second text of a pair
 */
record Layout(Special[] single, Special[] pair, int[] pairTypes) {

  /** Special tokens in a row, each with its segment. */
  record Special(int[] ids, int[] types) {}

  static Layout of(HuggingFaceTokenizer tokenizer) {
    Encoding one = tokenizer.encode("a", true, false);
    Encoding two = tokenizer.encode("a", "a", true, false);
    int[] texts =
        IntStream.range(0, two.getIds().length)
            .filter(i -> two.getSpecialTokenMask()[i] == 0)
            .toArray();
    if (texts.length == 0) {
      throw new InputException("the tokenizer makes nothing of the text 'a', expected a token");
    }
    int[] types = {
      (int) two.getTypeIds()[texts[0]], (int) two.getTypeIds()[texts[texts.length - 1]]
    };
    return new Layout(runs(one, 2), runs(two, 3), types);
  }

  /** The special tokens before, between and after the texts; some runs may be empty. */
  private static Special[] runs(Encoding encoding, int count) {
    long[] mask = encoding.getSpecialTokenMask();
    long[] sequences = encoding.getSequenceIds();
    Special[] runs = new Special[count];
    int from = 0;
    for (int run = 0; run < count; run++) {
      int to = from;
      while (to < mask.length && mask[to] != 0) {
        to++;
      }
      runs[run] =
          new Special(
              ints(Arrays.copyOfRange(encoding.getIds(), from, to)),
              ints(Arrays.copyOfRange(encoding.getTypeIds(), from, to)));
      from = to;
      while (from < mask.length && mask[from] == 0 && sequences[from] == run) {
        from++;
      }
    }
    return runs;
  }

  /** The same without segments, as a model sees it that is not given any. */
  Layout untyped() {
    return new Layout(untyped(single), untyped(pair), new int[2]);
  }

  private static Special[] untyped(Special[] all) {
    return Arrays.stream(all)
        .map(s -> new Special(s.ids(), new int[s.ids().length]))
        .toArray(Special[]::new);
  }

  /** The largest segment of a pair. */
  int lastType() {
    return IntStream.concat(
            Arrays.stream(pairTypes),
            Arrays.stream(pair).flatMapToInt(s -> Arrays.stream(s.types())))
        .max()
        .orElse(0);
  }

  /** What stands first before one text, if anything does. */
  OptionalInt first() {
    return Arrays.stream(single[0].ids()).findFirst();
  }

  /** What stands last behind one text, if anything does. */
  OptionalInt last() {
    int[] after = single[1].ids();
    return after.length == 0 ? OptionalInt.empty() : OptionalInt.of(after[after.length - 1]);
  }

  /** How many special tokens one text takes. */
  int singleSize() {
    return single[0].ids().length + single[1].ids().length;
  }

  /** How many special tokens a pair takes. */
  int pairSize() {
    return Arrays.stream(pair).mapToInt(s -> s.ids().length).sum();
  }

  Encoded around(int[] text) {
    Row row = new Row(text.length + singleSize());
    row.add(single[0]);
    row.add(text, 0);
    row.add(single[1]);
    return new Encoded(row.ids, row.types);
  }

  Encoded around(int[] first, int[] second) {
    Row row = new Row(first.length + second.length + pairSize());
    row.add(pair[0]);
    row.add(first, pairTypes[0]);
    row.add(pair[1]);
    row.add(second, pairTypes[1]);
    row.add(pair[2]);
    return new Encoded(row.ids, row.types);
  }

  static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private static final class Row {
    final int[] ids;
    final int[] types;
    int size;

    Row(int length) {
      ids = new int[length];
      types = new int[length];
    }

    void add(Special special) {
      System.arraycopy(special.types(), 0, types, size, special.types().length);
      System.arraycopy(special.ids(), 0, ids, size, special.ids().length);
      size += special.ids().length;
    }

    void add(int[] text, int type) {
      Arrays.fill(types, size, size + text.length, type);
      System.arraycopy(text, 0, ids, size, text.length);
      size += text.length;
    }
  }
}
