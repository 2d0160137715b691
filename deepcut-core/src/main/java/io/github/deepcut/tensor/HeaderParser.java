package io.github.deepcut.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks a safetensors header; the rules are listed at {@link SafeTensors}. */
final class HeaderParser {
  private final Path file;
  private final long bufferSize;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private HeaderParser(Path file, long bufferSize) {
    this.file = file;
    this.bufferSize = bufferSize;
  }

  /**
   * Parses a header.
   *
   * @param file named in errors
   * @param json the header's bytes
   * @param bufferSize the number of bytes after the header
   * @throws InputException if the header breaks a rule
   */
  static Header parse(Path file, byte[] json, long bufferSize) {
    if (json.length == 0 || json[0] != '{') {
      throw new InputException(file + ": header must begin with '{'; is this a safetensors file?");
    }
    HeaderParser parser = new HeaderParser(file, bufferSize);
    var utf8 = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    try (JsonParser p =
        Header.JSON.createParser(new InputStreamReader(new ByteArrayInputStream(json), utf8))) {
      parser.readHeader(p);
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": header must be UTF-8", e);
    } catch (JsonProcessingException e) {
      String why = FileErrors.oneLine(e.getOriginalMessage());
      throw new InputException(file + ": header must be strict JSON: " + why, e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
    parser.checkLayout();
    return new Header(parser.metadata, parser.entries);
  }

  private void readHeader(JsonParser p) throws IOException {
    p.nextToken();
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = encodable(p.currentName());
      p.nextToken();
      if (name.equals(Header.METADATA)) {
        readMetadata(p);
      } else {
        entries.put(name, readEntry(p, name));
      }
    }
    if (p.nextToken() != null) {
      throw fail("header must end after its object, save for spaces");
    }
  }

  private void readMetadata(JsonParser p) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw fail(Header.METADATA + " must be an object");
    }
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String key = encodable(p.currentName());
      if (p.nextToken() != JsonToken.VALUE_STRING) {
        throw fail(Header.METADATA + ": value of " + Header.quote(key) + " must be a string");
      }
      metadata.put(key, encodable(p.getText()));
    }
  }

  private TensorEntry readEntry(JsonParser p, String name) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw fail(name, "must be an object");
    }
    DType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String field = p.currentName();
      p.nextToken();
      switch (field) {
        case "dtype" -> dtype = readDType(p, name);
        case "shape" -> shape = readLongs(p, name, field);
        case "data_offsets" -> offsets = readLongs(p, name, field);
        default -> throw fail(name, "field " + Header.quote(field) + " is not of the format");
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      throw fail(name, "needs dtype, shape and data_offsets");
    }
    if (offsets.size() != 2) {
      throw fail(name, "data_offsets has " + offsets.size() + " numbers: must be [begin, end]");
    }
    TensorEntry entry = new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
    checkSize(entry);
    return entry;
  }

  private DType readDType(JsonParser p, String name) throws IOException {
    String text = p.currentToken() == JsonToken.VALUE_STRING ? p.getText() : p.currentToken() + "";
    return DType.named(text)
        .orElseThrow(() -> fail(name, "dtype " + Header.quote(text) + " is not of the format"));
  }

  private List<Long> readLongs(JsonParser p, String name, String field) throws IOException {
    if (!p.isExpectedStartArrayToken()) {
      throw fail(name, field + " must be an array");
    }
    List<Long> values = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (p.currentToken() != JsonToken.VALUE_NUMBER_INT || p.getLongValue() < 0) {
        throw fail(name, field + "[" + values.size() + "] must be an integer of 0 or more");
      }
      values.add(p.getLongValue());
    }
    return values;
  }

  private void checkSize(TensorEntry e) {
    String offsets = "data_offsets [" + e.begin() + ", " + e.end() + "]";
    if (e.begin() > e.end() || e.end() > bufferSize) {
      throw fail(e.name(), offsets + " must rise within the file's " + bufferSize + " data bytes");
    }
    long expected;
    try {
      expected = TensorEntry.byteSize(e.dtype(), e.shape());
    } catch (ArithmeticException overflow) {
      throw fail(e.name(), sized(e) + " is no possible size: " + overflow.getMessage());
    }
    if (e.byteSize() != expected) {
      throw fail(e.name(), offsets + " must span the " + expected + " bytes of " + sized(e));
    }
  }

  private void checkLayout() {
    List<TensorEntry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    long at = 0;
    for (TensorEntry e : sorted) {
      if (e.begin() != at) {
        String what = e.begin() < at ? "overlaps the tensor before it" : "leaves a hole before it";
        throw fail(e.name(), "begins at " + e.begin() + " and " + what + ": must begin at " + at);
      }
      at = e.end();
    }
    if (at != bufferSize) {
      throw fail("tensors end at " + at + ": must cover all " + bufferSize + " data bytes");
    }
  }

  /** A string that UTF-8 can hold: no half of a surrogate pair. */
  private String encodable(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw fail("string " + Header.quote(text) + " must be well-formed Unicode");
    }
    return text;
  }

  private static String sized(TensorEntry e) {
    String shape = e.shape().toString();
    return e.dtype() + " " + (shape.length() <= 100 ? shape : shape.substring(0, 100) + "…]");
  }

  private InputException fail(String tensor, String rule) {
    return fail("tensor " + Header.quote(tensor) + ": " + rule);
  }

  private InputException fail(String rule) {
    return new InputException(file + ": " + rule);
  }
}
