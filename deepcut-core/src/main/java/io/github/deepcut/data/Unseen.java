package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Held-out and test data without what is to be forgotten. A row that says what a row to forget says
 * was seen, in whatever file it lies: calibrated by it, a method forgets too little, and judged by
 * it, everything looks forgotten. So such rows are left out, near copies too; see {@link Copies}.
 *
 * <p>Corpora have such rows by nature: what everybody says, and a few others: of 200 random
 * requests for 1 % of the rows on each of five corpora, none has copies of more than 6 % of its
 * rows in the test data. Where more than a tenth of the rows to forget is there, or a tenth of the
 * test data is such, not counting what retained rows say as well, the file is not what it is said
 * to be, and is refused.
 */
public final class Unseen {
  private final ForgetSplit split;
  private final Dataset heldOut;
  private final Dataset test;
  private final Copies copies;

  private Unseen(ForgetSplit split, Dataset heldOut, Dataset test, Copies copies) {
    this.split = split;
    this.heldOut = heldOut;
    this.test = test;
    this.copies = copies;
  }

  /**
   * Compares all parts, as far as they are there.
   *
   * @throws InputException if the test data hold more than a tenth of what is to be forgotten and
   *     of what no retained row says, if more than a tenth of them is such, or if nothing is left
   */
  public static Unseen of(ForgetSplit split, Optional<Dataset> heldOut, Optional<Dataset> test) {
    return of(split, heldOut.orElse(null), test.orElse(null));
  }

  private static Unseen of(ForgetSplit split, Dataset heldOut, Dataset test) {
    long[] contents = split.data().contents();
    Twins.Part forget = new Twins.Part(split.data(), split.forget(), contents);
    Twins.Part retain = new Twins.Part(split.data(), split.retain(), contents);
    Twins within = Twins.of(forget, retain);
    Clean held = heldOut == null ? Clean.NONE : Clean.of(heldOut, forget, retain);
    if (heldOut != null && held.data.size() == 0) {
      throw held.nothingLeft(heldOut);
    }
    Clean tested = test == null ? Clean.NONE : Clean.of(test, forget, retain);
    if (test != null) {
      Twins.Found theirs = without(tested.forgotten.here(), within.here());
      Twins.Found there = tested.theirs(test, forget.hashes(within.here().all()));
      if (tested.data.size() == 0
          || theirs.size() > few(split.forget().length)
          || there.size() > few(test.size())) {
        throw refused(test, split, new Twins(theirs, there));
      }
    }
    return new Unseen(
        split,
        held.data,
        tested.data,
        new Copies(
            Copies.Count.of(within.here()),
            Copies.Count.of(within.there()),
            held.inside(),
            tested.inside()));
  }

  /** A dataset without the copies of what is to be forgotten. */
  private record Clean(Dataset data, Twins forgotten, Twins retained) {
    static final Clean NONE = new Clean(null, null, null);

    static Clean of(Dataset data, Twins.Part forget, Twins.Part retain) {
      int[] all = IntStream.range(0, data.size()).toArray();
      Twins.Part part = new Twins.Part(data, all, data.contents());
      Twins forgotten = Twins.of(forget, part);
      BitSet out = new BitSet();
      Arrays.stream(forgotten.there().all()).forEach(out::set);
      int[] left = Arrays.stream(all).filter(i -> !out.get(i)).toArray();
      Twins retained = Twins.of(retain, new Twins.Part(data, left, part.contents()));
      return new Clean(left.length == all.length ? data : data.select(left), forgotten, retained);
    }

    Copies.Inside inside() {
      return data == null
          ? null
          : new Copies.Inside(
              Copies.Count.of(forgotten.there()), Copies.Count.of(retained.there()));
    }

    /** The copies whose content is not among some. */
    Twins.Found theirs(Dataset whole, LongSet some) {
      long[] contents = whole.contents();
      int[] rows =
          Arrays.stream(forgotten.there().all()).filter(i -> !some.contains(contents[i])).toArray();
      return new Twins.Found(rows, new int[0]);
    }

    InputException nothingLeft(Dataset heldOut) {
      return new InputException(
          "%s: all of its %d rows are copies of rows to forget (ids %s): give held-out data that the"
                  .formatted(heldOut.source(), heldOut.size(), ids(heldOut, forgotten.there()))
              + " model never saw");
    }
  }

  private static Twins.Found without(Twins.Found found, Twins.Found others) {
    BitSet out = new BitSet();
    Arrays.stream(others.all()).forEach(out::set);
    int[] left = Arrays.stream(found.all()).filter(i -> !out.get(i)).toArray();
    return new Twins.Found(left, new int[0]);
  }

  private static int few(int of) {
    return Math.max(1, of / 10);
  }

  private static InputException refused(Dataset test, ForgetSplit split, Twins theirs) {
    return new InputException(
        ("%s holds %d of the %d rows to forget of %s, exactly or nearly (as ids %s; there %s): by"
                + " what was seen nothing can be judged; take those rows out of the file, or give"
                + " other test data")
            .formatted(
                test.source(),
                theirs.here().size(),
                split.forget().length,
                split.data().source(),
                ids(test, theirs.there()),
                ids(split.data(), theirs.here())));
  }

  private static String ids(Dataset data, Twins.Found found) {
    return Names.first(3, Arrays.stream(found.all()).mapToObj(data::id).toList());
  }

  /** D_v without copies of D_f. */
  public Optional<Dataset> heldOut() {
    return Optional.ofNullable(heldOut);
  }

  /** D_t without copies of D_f. */
  public Optional<Dataset> test() {
    return Optional.ofNullable(test);
  }

  /** What was found where. */
  public Copies copies() {
    return copies;
  }

  /** What a person has to know of it, a sentence each; none where no row is twice. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    int n = split.forget().length;
    if (copies.forgotten().exact() > 0) {
      notes.add(
          ("%d of the %d rows to forget have an exact copy among the retained ones: what they say"
                  + " stays in the training data; unlearn --with-duplicates takes the copies along (%d)")
              .formatted(copies.forgotten().exact(), n, copies.retained().exact()));
    }
    if (copies.forgotten().near() > 0) {
      notes.add(
          ("%d of the %d rows to forget have a near copy among the retained ones, the same but for"
                  + " case, punctuation, blanks or Unicode form: what they say stays in the training"
                  + " data")
              .formatted(copies.forgotten().near(), n));
    }
    inside(
        heldOut,
        copies.holdout(),
        "the model has seen them, and they tell nothing of what it has not",
        notes);
    inside(test, copies.test(), "the test figures are too good by them", notes);
    return List.copyOf(notes);
  }

  private static void inside(
      Dataset data, Copies.Inside inside, String meaning, List<String> notes) {
    if (inside == null) {
      return;
    }
    if (inside.forgotten().all() > 0) {
      notes.add(
          "%s: %d rows are left out, for they are copies of rows to forget (%d exact, %d near)"
              .formatted(
                  data.source(),
                  inside.forgotten().all(),
                  inside.forgotten().exact(),
                  inside.forgotten().near()));
    }
    if (inside.retained().all() > 0) {
      notes.add(
          "%s: %d of the other %d rows are copies of retained rows (%d exact, %d near): %s"
              .formatted(
                  data.source(),
                  inside.retained().all(),
                  data.size(),
                  inside.retained().exact(),
                  inside.retained().near(),
                  meaning));
    }
  }
}
