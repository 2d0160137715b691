package io.github.deepcut.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file: the free text under {@code __metadata__}, and the tensors
 * in the order of the text.
 */
record Header(Map<String, String> metadata, Map<String, TensorEntry> entries) {
  static final String METADATA = "__metadata__";
  static final int MAX_BYTES = 100_000_000;
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  Header {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Lays the tensors out one after the other, without a gap. */
  static Header lay(Map<String, String> metadata, List<TensorSource> sources) {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    long at = 0;
    for (TensorSource s : sources) {
      long end = Math.addExact(at, TensorEntry.byteSize(s.dtype(), s.shape()));
      TensorEntry entry = new TensorEntry(s.name(), s.dtype(), s.shape(), at, end);
      if (s.name().equals(METADATA) || entries.put(s.name(), entry) != null) {
        throw new IllegalArgumentException(
            "tensor " + quote(s.name()) + ": the name must be unique and not " + METADATA);
      }
      at = end;
    }
    return new Header(metadata, entries);
  }

  /** The header as it stands in a file: compact JSON, padded with spaces to a multiple of 8. */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> e : metadata.entrySet()) {
          json.writeStringField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
      }
      for (TensorEntry e : entries.values()) {
        write(json, e);
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IOException("header of " + bytes.size() + " bytes: at most " + MAX_BYTES);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, TensorEntry e) throws IOException {
    json.writeObjectFieldStart(e.name());
    json.writeStringField("dtype", e.dtype().name());
    json.writeFieldName("shape");
    long[] shape = e.shape().stream().mapToLong(Long::longValue).toArray();
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {e.begin(), e.end()}, 0, 2);
    json.writeEndObject();
  }

  /** A name from a file, made safe for a one-line message. */
  static String quote(String name) {
    String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(shown)) + '"';
  }
}
