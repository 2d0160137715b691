package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the bytes, opening a file gives a sound table of tensors or an InputException. */
class SafeTensorsFuzzTest {
  private static Path file;
  private static byte[] golden;

  @BeforeContainer
  static void begin() throws IOException {
    file = Files.createTempFile("fuzz", ".safetensors");
    golden =
        Files.readAllBytes(
            Path.of("src/test/resources/golden/tiny-roberta-token/model.safetensors"));
  }

  @AfterContainer
  static void end() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 2000)
  void randomBytes(@ForAll @Size(max = 200) byte[] bytes) {
    soundOrRefused(bytes);
  }

  @Property(tries = 1000)
  void anyLength(@ForAll long length, @ForAll @Size(max = 40) byte[] rest) {
    RawFile.write(file, length, "{", rest);
    soundOrRefused();
  }

  @Property(tries = 500)
  void truncated(@ForAll @LongRange(min = 0, max = 20_000) long cut) {
    int length = (int) Math.min(cut, golden.length - 1);
    RawFile.write(file, Arrays.copyOf(golden, length));
    assertThatThrownBy(() -> SafeTensors.open(file)).isInstanceOf(InputException.class);
  }

  @Property(tries = 300)
  void prolonged(@ForAll @IntRange(min = 1, max = 100) int more) {
    RawFile.write(file, Arrays.copyOf(golden, golden.length + more));
    assertThatThrownBy(() -> SafeTensors.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("must cover all");
  }

  @Property(tries = 3000)
  void mutatedHeaders(@ForAll("mutations") List<Mutation> mutations) {
    byte[] bytes = golden.clone();
    mutations.forEach(m -> bytes[m.at() % (headerEnd() - 8) + 8] = m.value());
    soundOrRefused(bytes);
  }

  @Property(tries = 3000)
  void headersOfAnyNumbers(
      @ForAll("entries") List<String> entries, @ForAll @IntRange(max = 64) int n) {
    RawFile.write(file, "{" + String.join(",", entries) + "}", new byte[n]);
    soundOrRefused();
  }

  @Property(tries = 2000)
  void headersOfJsonPieces(@ForAll("pieces") List<String> pieces) {
    RawFile.write(file, "{" + String.join("", pieces), new byte[4]);
    soundOrRefused();
  }

  @Property(tries = 500)
  void everySoundFileIsReadAndCopiedIdentically(@ForAll("sound") List<Sized> tensors)
      throws IOException {
    List<String> entries = new ArrayList<>();
    int at = 0;
    for (Sized t : tensors) {
      int end = at + t.shape().stream().reduce(t.dtype().bits(), (a, b) -> a * b) / 8;
      String offsets = "[" + at + "," + end + "]";
      String shape = t.shape().toString().replace(" ", "");
      entries.add(RawFile.entry("t" + entries.size(), t.dtype().name(), shape, offsets));
      at = end;
    }
    String header = "{" + String.join(",", entries) + "}";
    byte[] data = new byte[at];
    new Random(at).nextBytes(data);
    RawFile.write(file, header + " ".repeat((8 - header.length() % 8) % 8), data);

    SafeTensors open = SafeTensors.open(file);
    assertThat(open.entries()).hasSize(tensors.size());
    List<TensorSource> copies =
        open.entries().values().stream()
            .<TensorSource>map(e -> new TensorSource.Stored(open, e))
            .toList();
    Path copy = file.resolveSibling(file.getFileName() + ".copy");
    SafeTensors.write(copy, open.metadata(), copies);
    assertThat(copy).hasSameBinaryContentAs(file);
    Files.delete(copy);
  }

  @Property(tries = 1)
  void deeplyNested() {
    RawFile.write(file, "{\"a\":" + "[".repeat(3_000_000));
    assertThatThrownBy(() -> SafeTensors.open(file)).isInstanceOf(InputException.class);
    RawFile.write(file, "{\"" + "a".repeat(3_000_000) + "\":1}");
    assertThatThrownBy(() -> SafeTensors.open(file)).isInstanceOf(InputException.class);
    RawFile.write(
        file, "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + "1,".repeat(1_000_000) + "],\"data_off");
    assertThatThrownBy(() -> SafeTensors.open(file)).isInstanceOf(InputException.class);
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<Byte> value =
        Arbitraries.oneOf(
            Arbitraries.of("0123456789-,:[]{}\" \\eE.".chars().boxed().toList())
                .map(Integer::byteValue),
            Arbitraries.bytes());
    return Combinators.combine(Arbitraries.integers().between(0, 1 << 20), value)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 16).map(String::valueOf),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.of("1e3", "-0", "18446744073709551616", "null"));
    Arbitrary<String> numbers = number.list().ofMaxSize(4).map(Object::toString);
    Arbitrary<String> pair = number.list().ofSize(2).map(Object::toString);
    Arbitrary<String> dtype = Arbitraries.of(DType.class).map(DType::name);
    Arbitrary<String> name = Arbitraries.of("a", "b", "c", "");
    return Combinators.combine(name, dtype, numbers, pair).as(RawFile::entry).list().ofMaxSize(3);
  }

  /** A multiple of 8 elements, so that types of less than a byte fill whole bytes. */
  @Provide
  Arbitrary<List<Sized>> sound() {
    Arbitrary<List<Integer>> shape =
        Arbitraries.integers()
            .between(0, 3)
            .list()
            .ofMaxSize(3)
            .map(s -> Stream.concat(s.stream(), Stream.of(8)).toList());
    return Combinators.combine(Arbitraries.of(DType.class), shape)
        .as(Sized::new)
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\":",
            "\"dtype\":",
            "\"U8\"",
            "\"shape\":",
            "\"data_offsets\":",
            "[0,4]",
            "[4]",
            "1",
            "-1",
            "null",
            "\"__metadata__\":",
            "\u0000",
            "\n",
            "\u2028",
            "\"\\ud800\":")
        .list()
        .ofMaxSize(24);
  }

  private static int headerEnd() {
    return 8 + (int) ByteBuffer.wrap(golden).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static void soundOrRefused(byte[] bytes) {
    RawFile.write(file, bytes);
    soundOrRefused();
  }

  private static void soundOrRefused() {
    SafeTensors open;
    try {
      open = SafeTensors.open(file);
    } catch (InputException e) {
      assertThat(e.getMessage()).startsWith(file + ": ").hasLineCount(1);
      return;
    }
    List<TensorEntry> entries = new ArrayList<>(open.entries().values());
    long covered = entries.stream().mapToLong(TensorEntry::byteSize).sum();
    assertThat(covered).isLessThanOrEqualTo(file.toFile().length());
    for (TensorEntry e : entries) {
      assertThat(open.bytes(e.name()).remaining()).isEqualTo((int) e.byteSize());
    }
  }

  record Sized(DType dtype, List<Integer> shape) {}

  record Mutation(int at, byte value) {}
}
