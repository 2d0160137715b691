package io.github.deepcut.data.text;

import io.github.deepcut.data.TestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the small vocabularies that tests use. */
final class Vocabularies {
  /** The byte-level vocabulary, in the order of its ids; Ġ stands for a blank. */
  static final List<String> BYTE_LEVEL =
      List.of("<s>", "<pad>", "</s>", "<unk>", "a", "b", "c", "Ġ", "ab", "Ġab", "<mask>");

  private Vocabularies() {}

  /** WordPiece: the five special tokens are 0 to 4, then {@code pieces}. */
  static Path wordPiece(Path folder, String... pieces) {
    List<String> lines = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    lines.addAll(List.of(pieces));
    TestFiles.write(folder, "vocab.txt", lines.toArray(String[]::new));
    return folder;
  }

  static Path byteLevel(Path folder) {
    StringBuilder json = new StringBuilder("{");
    for (String piece : BYTE_LEVEL) {
      json.append(json.length() > 1 ? "," : "").append('"').append(piece).append("\":");
      json.append(BYTE_LEVEL.indexOf(piece));
    }
    TestFiles.write(folder, "vocab.json", json.append('}').toString());
    TestFiles.write(folder, "merges.txt", "#version: 0.2", "a b", "Ġ ab");
    return folder;
  }
}
