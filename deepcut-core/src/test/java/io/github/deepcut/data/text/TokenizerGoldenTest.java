package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.RealData;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.data.read.DatasetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer made from {@code vocab.txt} gives the ids of the published tokenizer file. */
class TokenizerGoldenTest {
  @TempDir Path published;
  @TempDir Path plain;

  @RealData.Needed
  @Test
  void vocabularyAndTokenizerFileAgreeOnTheCorpora() throws IOException {
    Path source = RealData.folder().resolve("bert-vocab");
    try (var in =
        new GZIPInputStream(
            Files.newInputStream(source.resolve("bert-base-cased-tokenizer.json.gz")))) {
      Files.copy(in, published.resolve("tokenizer.json"));
    }
    Files.copy(source.resolve("bert-base-cased-vocab.txt"), plain.resolve("vocab.txt"));
    TestFiles.write(plain, "tokenizer_config.json", "{\"do_lower_case\": false}");
    try (Tokenizer theirs = Tokenizer.load(published, null);
        Tokenizer ours = Tokenizer.load(plain, null)) {
      assertThat(ours.vocabularySize()).isEqualTo(theirs.vocabularySize()).isEqualTo(28_996);
      assertSameTexts(ours, theirs);
      for (String corpus :
          new String[] {"broad-twitter-corpus/dev.conll.gz", "wnut17/dev.conll.gz"}) {
        assertSameWords(ours, theirs, data(corpus, Task.NER));
      }
    }
  }

  private static Dataset data(String name, Task task) {
    return DatasetReader.read(RealData.folder().resolve(name), task).dataset();
  }

  private static void assertSameTexts(Tokenizer ours, Tokenizer theirs) {
    for (var example : data("sms-spam/test.jsonl.gz", Task.CLASSIFY).examples()) {
      String text = ((LabeledText) example).text();
      Encoded expected = theirs.encode(text, "A second text", 40);
      Encoded actual = ours.encode(text, "A second text", 40);
      assertThat(actual.ids()).as(text).isEqualTo(expected.ids());
      assertThat(actual.types()).as(text).isEqualTo(expected.types());
    }
  }

  private static void assertSameWords(Tokenizer ours, Tokenizer theirs, Dataset data) {
    for (var example : data.examples()) {
      var words = ((TaggedSentence) example).words();
      assertThat(ours.encodeWords(words).pieces())
          .as("%s", words)
          .isDeepEqualTo(theirs.encodeWords(words).pieces());
    }
  }
}
