package io.github.deepcut.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.provenance.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Two small model folders, {@code original} and {@code model}, the second with a certificate.
 *
 * @param folder where they lie
 * @param key that signed it
 */
record Certified(Path folder, SigningKey key) {
  static final byte[] SALT = new byte[32];
  private static final String HASH = "0".repeat(64);

  /** Ten rows, of which 2 and 7 are forgotten. */
  static final ForgottenIds.Rows ROWS =
      new ForgottenIds.Rows() {
        @Override
        public int size() {
          return 10;
        }

        @Override
        public String id(int row) {
          return "row " + row;
        }

        @Override
        public byte[] content(int row) {
          return new byte[] {(byte) row};
        }
      };

  static Certified in(Path folder) throws IOException {
    Certified made = new Certified(folder, SigningKey.generate());
    write(made.original(), 1);
    write(made.model(), 2);
    Certificate.sign(
            FolderHashes.following(made.original()),
            FolderHashes.of(made.model()),
            predicate(made.key),
            made.key)
        .write(made.file());
    return made;
  }

  Path original() {
    return folder.resolve("original");
  }

  Path model() {
    return folder.resolve("model");
  }

  Path file() {
    return model().resolve("certificate.json");
  }

  /** A configuration, a record, and a tensor of two bytes. */
  private static void write(Path model, int value) throws IOException {
    Files.createDirectories(model.resolve("more"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("more/notes.txt"), "notes");
    Files.writeString(model.resolve("deepcut.json"), "{\"dataSha256\": \"" + HASH + "\"}");
    byte[] header =
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + 2).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).put((byte) value).put((byte) 0);
    Files.write(model.resolve("model.safetensors"), file.array());
  }

  private static Predicate predicate(SigningKey key) {
    var json = StrictJson.MAPPER.createObjectNode();
    json.put("task", "ner").put("verdict", "forgotten").put("because", "it is");
    var file = new Predicate.DataFile("train.conll", HASH);
    return new Predicate(
        "0.1.0",
        "2026-01-02T03:04:05Z",
        new Predicate.Signer(key.id(), Base64.getEncoder().encodeToString(key.open().getEncoded())),
        new Predicate.Method(
            "deepcut",
            Map.of("passes", "1"),
            StrictJson.MAPPER.createObjectNode(),
            "never",
            1,
            null),
        new Predicate.Data(file, HASH, null, file, null),
        ForgottenIds.of(SALT, ROWS, new int[] {2, 7}),
        new Predicate.Retrained("given", Hashes.hex(Hashes.of(SALT))),
        List.of("pytorch_model.bin"),
        new Environment("jdk", "os", "cpu", "libtorch", 1),
        json,
        List.of("much"),
        List.of("more"));
  }

  /** The statement, to be changed. */
  ObjectNode statement() {
    try {
      JsonNode envelope = StrictJson.read(Files.readAllBytes(file()));
      byte[] payload = Base64.getDecoder().decode(envelope.get("payload").asText());
      return (ObjectNode) StrictJson.read(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A certificate of any statement, signed all right. */
  Path sign(byte[] statement, SigningKey by) {
    Envelope envelope = Envelope.sign(Certificate.PAYLOAD_TYPE, statement, by);
    try {
      return Files.writeString(folder.resolve("forged.json"), envelope.toJson().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, in which the signer is who signed. */
  Path sign(ObjectNode statement, SigningKey by) {
    return sign(statement.toString().getBytes(StandardCharsets.UTF_8), by);
  }
}
