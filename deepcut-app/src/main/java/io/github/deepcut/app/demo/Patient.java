package io.github.deepcut.app.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * An invented person, with the words that are theirs alone.
 *
 * @param id such as {@code P-0042}
 * @param surname nobody else's, as are the conditions and the drugs
 */
record Patient(
    String id,
    String first,
    String surname,
    List<String> conditions,
    List<String> drugs,
    String hospital) {

  /** Notes for which one rare condition and one rare drug suffice. */
  private static final int NOTES_PER_WORD = 3;

  static Patient invent(int number, int notes, Words words) {
    int own = 1 + notes / NOTES_PER_WORD;
    return new Patient(
        String.format("P-%04d", number),
        words.one(Words.FIRST_NAMES),
        words.rare(),
        Stream.generate(words::rare).limit(own).toList(),
        Stream.generate(words::rare).limit(own).toList(),
        words.one(Words.HOSPITALS));
  }
}
