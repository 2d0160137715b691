package io.github.deepcut.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.tensor.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files and model folders that each have something wrong, made from a tagger {@code m}, a
 * classifier {@code c} and their {@code base}.
 */
record Broken(Tiny tiny) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void make() throws IOException {
    data();
    bases();
    models();
    tensors();
  }

  private void data() throws IOException {
    Files.writeString(tiny.path("empty.conll"), "");
    Files.writeString(tiny.path("ragged.conll"), "a\tO\nb\tc\tO\n");
    Files.writeString(tiny.path("badtag.conll"), "a\tNAME\n");
    Files.writeString(tiny.path("one.conll"), "a\tO\n");
    Files.writeString(tiny.path("other.conll"), "a\tB-DRUG\n\nb\tO\n");
    Files.writeString(tiny.path("train.docx"), "a\tO\n");
    Files.writeString(tiny.path("column.jsonl"), "{\"text\": \"a\", \"class\": \"b\"}\n");
    Files.writeString(tiny.path("text.txt"), "ana has gout\n");
    Files.writeString(tiny.path("blank.txt"), " \n\n");
    Files.writeString(tiny.path("strange.txt"), "\u0416\u0416\n");
    Files.writeString(tiny.path("ids"), "0\n99999\n");
    Files.writeString(tiny.path("ask.jsonl"), "{\"words\": 1}\n");
  }

  private void bases() throws IOException {
    Files.delete(copy("base", "no-config").resolve("config.json"));
    Files.writeString(copy("base", "bad-config").resolve("config.json"), "{ model }");
    configure(copy("base", "gpt"), "model_type", "gpt2");
    Files.writeString(copy("base", "pickled").resolve("pytorch_model.bin"), "x");
    Files.delete(copy("base", "no-tokenizer").resolve("vocab.txt"));
    Path pieces = copy("base", "no-mask").resolve("vocab.txt");
    Files.writeString(pieces, Files.readString(pieces).replace("[MASK]", "[HIDE]"));
    configure(copy("base", "small-vocabulary"), "vocab_size", 7);
  }

  private void models() throws IOException {
    configure(copy("m", "reshaped"), "intermediate_size", 64);
    configure(copy("c", "regression"), "problem_type", "regression");
    configure(copy("c", "multi"), "problem_type", "multi_label_classification");
    configure(copy("c", "single"), "id2label", Map.of("0", "score"));
    configure(copy("m", "deep"), "num_hidden_layers", 2_000_000_000);
    configure(copy("base", "deep-base"), "num_hidden_layers", 2_000_000_000);
    configure(copy("m", "japanese"), "tokenizer_class", "BertJapaneseTokenizer");
    Files.writeString(
        tiny.path("japanese").resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
    Files.writeString(copy("m", "gap").resolve("added_tokens.json"), "{\"[E1]\": 999}");
    int pieceCount = Files.readAllLines(tiny.path("m").resolve("vocab.txt")).size();
    Files.writeString(
        copy("m", "beyond").resolve("added_tokens.json"), "{\"[E1]\": %d}".formatted(pieceCount));
    Files.delete(copy("m", "no-record").resolve("deepcut.json"));
    Path moved = copy("m", "moved").resolve("deepcut.json");
    Files.writeString(
        moved, Files.readString(moved).replace(tiny.path("base").toString(), "/nowhere"));
  }

  private void tensors() throws IOException {
    Path weights = copy("m", "truncated").resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 10));
    Path header = copy("m", "whole").resolve("model.safetensors");
    String relabelled = Files.readString(header, StandardCharsets.ISO_8859_1);
    Files.writeString(
        header,
        relabelled.replace("\"dtype\":\"F32\"", "\"dtype\":\"I32\""),
        StandardCharsets.ISO_8859_1);
    withNaN();
  }

  private Path copy(String from, String to) throws IOException {
    Files.createDirectory(tiny.path(to));
    try (Stream<Path> files = Files.list(tiny.path(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, tiny.path(to).resolve(file.getFileName()));
      }
    }
    return tiny.path(to);
  }

  private static void configure(Path folder, String key, Object value) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    JSON.writeValue(file.toFile(), config.putPOJO(key, value));
  }

  /** The model with each number of a tensor made NaN, which are bytes of 0xff. */
  private void withNaN() throws IOException {
    Path weights = copy("m", "nan").resolve("model.safetensors");
    TensorEntry tensor = ModelFolder.read(weights.getParent()).tensors().get("classifier.weight");
    byte[] bytes = Files.readAllBytes(weights);
    int start = 8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Arrays.fill(bytes, start + (int) tensor.begin(), start + (int) tensor.end(), (byte) 0xff);
    Files.write(weights, bytes);
  }
}
