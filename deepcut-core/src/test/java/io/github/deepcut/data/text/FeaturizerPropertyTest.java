package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class FeaturizerPropertyTest {
  private static Path folder;
  private static Tokenizer tokenizer;

  @BeforeContainer
  static void load() throws IOException {
    folder = Files.createTempDirectory("vocabulary");
    tokenizer = Tokenizer.load(Vocabularies.wordPiece(folder, "a", "##b", "b", "##a"), null);
  }

  @AfterContainer
  static void close() throws IOException {
    tokenizer.close();
    Files.delete(folder.resolve("vocab.txt"));
    Files.delete(folder);
  }

  @Property(tries = 200)
  void everyWordIsAnItemOnce(
      @ForAll @Size(min = 1, max = 80)
          List<@StringLength(max = 12) @CharRange(from = 'a', to = 'c') String> words,
      @ForAll @IntRange(min = 3, max = 40) int maxLength) {
    Dataset data =
        new Dataset(
            Task.NER,
            "random",
            List.of(new TaggedSentence("0", words, Collections.nCopies(words.size(), "O"))));
    int[][] pieces = tokenizer.encodeWords(words).pieces();
    List<Sequence> rows = new Featurizer(tokenizer, List.of("O"), maxLength).encode(data);
    for (Sequence row : rows) {
      assertThat(row.ids().length).isEqualTo(row.types().length).isLessThanOrEqualTo(maxLength);
      for (int k = 0; k < row.words().length; k++) {
        assertThat(row.ids()[row.positions()[k]]).isEqualTo(pieces[row.words()[k]][0]);
      }
    }
    assertThat(rows.stream().flatMapToInt(r -> IntStream.of(r.words())).toArray())
        .containsExactly(IntStream.range(0, words.size()).toArray());
  }
}
