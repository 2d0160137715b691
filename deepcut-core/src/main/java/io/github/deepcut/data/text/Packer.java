package io.github.deepcut.data.text;

import io.github.deepcut.data.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joins running text into rows of whole words that are as full as can be; a row may end within a
 * sentence, which goes on in the next. Only the last row may be short. The items of a row are its
 * ordinary tokens: an item's word is the running number of the word in the row, its label the
 * token's id.
 */
public final class Packer {
  private final Tokenizer tokenizer;
  private final BitSet ordinary = new BitSet();
  private final int[] ids;
  private final int[] words;
  private final List<Sequence> rows = new ArrayList<>();
  private int size;
  private int word;

  /**
   * @param maxLength most tokens in a row, special tokens included
   */
  public Packer(Tokenizer tokenizer, int maxLength) {
    int room = maxLength - tokenizer.specialsAround();
    if (room < 1) {
      throw new IllegalArgumentException(
          "maxLength " + maxLength + ": must be above " + tokenizer.specialsAround());
    }
    this.tokenizer = tokenizer;
    this.ids = new int[room];
    this.words = new int[room];
    Arrays.stream(tokenizer.ordinaryIds()).forEach(ordinary::set);
  }

  /** Adds a text behind the others; a word longer than a row loses its end. */
  public void add(String text) {
    for (int[] pieces : tokenizer.encodeText(text).atMost(ids.length).pieces()) {
      if (size + pieces.length > ids.length) {
        endRow();
      }
      for (int id : pieces) {
        ids[size] = id;
        words[size++] = word;
      }
      word++;
    }
  }

  /** All rows with an ordinary token in them; what is added later begins a new row. */
  public List<Sequence> rows() {
    endRow();
    return List.copyOf(rows);
  }

  private void endRow() {
    int[] items = IntStream.range(0, size).filter(i -> ordinary.get(ids[i])).toArray();
    if (items.length > 0) {
      Encoded row = tokenizer.around(Arrays.copyOf(ids, size));
      int before = tokenizer.specialsBefore();
      rows.add(
          new Sequence(
              rows.size(),
              row.ids(),
              row.types(),
              Arrays.stream(items).map(i -> before + i).toArray(),
              Arrays.stream(items).map(i -> words[i]).toArray(),
              Arrays.stream(items).map(i -> ids[i]).toArray()));
    }
    size = 0;
    word = 0;
  }
}
