package io.github.deepcut.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A row without its id, as bytes that no other content has: its parts one behind the other, each
 * behind its length in four bytes (big-endian), and -1 for a part that is not there. Texts are in
 * UTF-8.
 *
 * <pre>
 * text:      text, second text, label
 * sentence:  number of words (four bytes), words, tags
 * image:     channels, height, width (four bytes each), pixels (channel after channel), label
 * </pre>
 */
public final class RowContent {
  private RowContent() {}

  /** Of an example. */
  public static byte[] of(Example example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (example instanceof LabeledText text) {
        write(out, text.text());
        write(out, text.pair());
        write(out, text.label());
      } else if (example instanceof TaggedSentence sentence) {
        out.writeInt(sentence.words().size());
        write(out, sentence.words());
        write(out, sentence.tags());
      } else if (example instanceof LabeledImage image) {
        out.writeInt(image.size().channels());
        out.writeInt(image.size().height());
        out.writeInt(image.size().width());
        write(out, image.pixels());
        write(out, image.label());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, List<String> texts) throws IOException {
    for (String text : texts) {
      write(out, text);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }
}
