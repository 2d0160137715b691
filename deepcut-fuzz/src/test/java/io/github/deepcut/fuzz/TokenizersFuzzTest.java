package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.data.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;

/** The files of tokenizers; what can be built is then asked about text. */
class TokenizersFuzzTest {
  private static final String TEXT = "Jane's note [MASK] of 1.5 é\u200b\ud83d\ude00";

  static {
    Path folder = Scratch.folder("tiny-tokenizer");
    Scratch.copy(Path.of("src/test/resources/tiny-vocab.txt"), folder, "vocab.txt");
    use(folder); // loads the library, which no input shall be blamed for
  }

  private static void use(Path folder) {
    Refusal.none(
        () -> {
          try (Tokenizer tokenizer = Tokenizer.load(folder, null)) {
            assertThat(tokenizer.encode(TEXT, null, 12).ids()).hasSizeLessThanOrEqualTo(12);
            assertThat(tokenizer.encode(TEXT, TEXT, 24).ids()).hasSizeLessThanOrEqualTo(24);
            assertThat(tokenizer.encodeWords(List.of("Jane", "", " ", "é.x")).size()).isEqualTo(4);
            assertThat(tokenizer.encodeText(TEXT)).isNotNull();
          }
        });
  }

  @FuzzTest
  void tokenizerJson(byte[] bytes) {
    Path folder = Scratch.folder("whole-tokenizer");
    Scratch.file(folder, "tokenizer.json", bytes);
    use(folder);
  }

  /** {@code vocab.txt}, then {@code tokenizer_config.json}, and so on. */
  @FuzzTest
  void wordPiece(byte[] bytes) {
    use(folder("word-piece", bytes, "vocab.txt", "tokenizer_config.json", "added_tokens.json"));
  }

  /** {@code vocab.json} and {@code merges.txt}, then {@code tokenizer_config.json}, and so on. */
  @FuzzTest
  void byteLevel(byte[] bytes) {
    use(
        folder(
            "byte-level",
            bytes,
            "vocab.json",
            "merges.txt",
            "tokenizer_config.json",
            "special_tokens_map.json"));
  }

  private static Path folder(String name, byte[] bytes, String... files) {
    Path folder = Scratch.folder(name);
    Parts parts = Parts.of(bytes);
    for (int i = 0; i < files.length; i++) {
      Path file = Scratch.file(folder, files[i], parts.get(i));
      assertThat(parts.has(i) || file.toFile().delete()).isTrue();
    }
    return folder;
  }
}
