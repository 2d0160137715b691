package io.github.deepcut.data.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a WordPiece vocabulary for an encoder that starts from random weights: five special tokens,
 * every character that occurs (alone and as {@code ##} continuation), then the most frequent words
 * and word endings of two to four characters, the latter in at most a quarter of the room left. The
 * same texts give the same vocabulary.
 */
public final class VocabularyBuilder {
  private static final List<String> SPECIALS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private VocabularyBuilder() {}

  /**
   * What goes in.
   *
   * @param lowerCase whether words are lower-cased, and lose their accents
   * @param minFrequency how often a word or an ending must occur, at least 1
   * @param maxSize most pieces, except that all characters go in whatever their number
   */
  public record Options(boolean lowerCase, int minFrequency, int maxSize) {
    public Options {
      if (minFrequency < 1 || maxSize < SPECIALS.size()) {
        throw new IllegalArgumentException(
            "minFrequency %d must be at least 1, maxSize %d at least %d"
                .formatted(minFrequency, maxSize, SPECIALS.size()));
      }
    }

    /** Lower-cased words that occur twice or more, at most 30,522 pieces as in BERT's own. */
    public static Options defaults() {
      return new Options(true, 2, 30_522);
    }
  }

  /** The pieces, in the order of their ids. */
  public static List<String> build(Iterable<String> texts, Options options) {
    Map<String, Integer> words = new HashMap<>();
    for (String text : texts) {
      BertWords.of(text, options.lowerCase()).forEach(w -> words.merge(w, 1, Integer::sum));
    }
    Set<String> characters = new TreeSet<>();
    Map<String, Integer> endings = new HashMap<>();
    words.forEach(
        (word, count) -> {
          int[] points = word.codePoints().toArray();
          for (int point : points) {
            characters.add(Character.toString(point));
          }
          for (int n = 2; n <= 4 && n < points.length; n++) {
            String ending = "##" + new String(points, points.length - n, n);
            endings.merge(ending, count, Integer::sum);
          }
        });
    Set<String> pieces = new LinkedHashSet<>(SPECIALS);
    pieces.addAll(characters);
    characters.forEach(c -> pieces.add("##" + c));
    int room = Math.max(0, options.maxSize() - pieces.size());
    List<String> frequentEndings = frequent(endings, options, room / 4);
    words.keySet().removeAll(pieces);
    pieces.addAll(frequent(words, options, room - frequentEndings.size()));
    pieces.addAll(frequentEndings);
    return List.copyOf(pieces);
  }

  /** The most frequent ones first; equals in the order of their spelling. */
  private static List<String> frequent(Map<String, Integer> counts, Options options, int most) {
    return counts.entrySet().stream()
        .filter(e -> e.getValue() >= options.minFrequency())
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Writes {@code vocab.txt} and {@code tokenizer_config.json}, as {@code BertTokenizer} reads
   * them.
   *
   * @throws IOException if the folder cannot be made or written
   */
  public static void writeTo(
      Path folder, List<String> vocabulary, boolean lowerCase, int modelMaxLength)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("vocab.txt"), String.join("\n", vocabulary) + "\n");
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = json.createObjectNode().put("do_lower_case", lowerCase);
    config.put("model_max_length", modelMaxLength).put("tokenizer_class", "BertTokenizer");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        json.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
  }
}
