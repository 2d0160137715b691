package io.github.deepcut.bench.scale;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Invented sentences of one of four classes, which half of their words tell. Files of one seed
 * begin alike, whatever their length; a hundred rows in sequence are one person's.
 */
public final class Sentences {
  static final int CLASSES = 4;

  private static final int WORDS = 2000;
  private static final List<String> VOCABULARY = vocabulary(new SplittableRandom(1));

  private Sentences() {}

  private static List<String> vocabulary(SplittableRandom random) {
    return Stream.generate(() -> word(random)).distinct().limit(WORDS).toList();
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
      word.append("bdfgklmnprstvz".charAt(random.nextInt(14)));
      word.append("aeiou".charAt(random.nextInt(5)));
    }
    return word.toString();
  }

  /** All words that there are. */
  public static List<String> words() {
    return VOCABULARY;
  }

  /** Writes JSON Lines with {@code id}, {@code text}, {@code label} and {@code person}. */
  public static void write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < rows; i++) {
        int label = random.nextInt(CLASSES);
        int shown = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : label; // some mislead
        out.write(
            "{\"id\": \"r%d\", \"text\": \"%s\", \"label\": \"c%d\", \"person\": %d}\n"
                .formatted(i, text(shown, random), label, i / 100));
      }
    }
  }

  private static String text(int label, SplittableRandom random) {
    List<String> words = new ArrayList<>();
    IntStream.range(0, 6 + random.nextInt(8))
        .map(k -> k % 2 == 0 ? random.nextInt(WORDS) : label + CLASSES * random.nextInt(50))
        .forEach(w -> words.add(VOCABULARY.get(w)));
    return String.join(" ", words);
  }
}
