package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeRoundTripsByteForByte(DType dtype) {
    byte[] data = new byte[8 * dtype.bits() / 8];
    new Random(dtype.bits()).nextBytes(data);
    if (dtype == DType.BOOL) {
      data = new byte[] {0, 1, 1, 0, 0, 0, 1, 1};
    }
    String header =
        "{" + RawFile.entry("x", dtype.name(), "[2,4]", "[0," + data.length + "]") + "}";
    SafeTensors source = SafeTensors.open(RawFile.write(dir.resolve("a"), header, data));
    assertThat(source.bytes("x").array()).isEqualTo(data);

    SafeTensors.write(dir.resolve("b"), Map.of(), List.of(stored(source, "x")));
    assertThat(SafeTensors.open(dir.resolve("b")).bytes("x").array()).isEqualTo(data);

    if (dtype.scalarType().isEmpty()) {
      assertThatThrownBy(() -> source.read("x"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tensor \"x\": libtorch has no type " + dtype);
      return;
    }
    try (var scope = new PointerScope()) {
      Tensor tensor = source.read("x");
      assertThat(tensor.scalar_type().intern()).isEqualTo(dtype.scalarType().orElseThrow());
      assertThat(DType.of(tensor.scalar_type())).isEqualTo(dtype);
      assertThat(List.of(tensor.size(0), tensor.size(1))).containsExactly(2L, 4L);
      SafeTensors.write(dir.resolve("c"), Map.of(), List.of(TensorSource.Values.of("x", tensor)));
    }
    assertThat(SafeTensors.open(dir.resolve("c")).bytes("x").array()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-sequence",
        "bert-token",
        "distilbert-sequence",
        "distilbert-token",
        "roberta-sequence",
        "roberta-token"
      })
  void goldenFilesComeOutIdentical(String model) throws IOException {
    Path golden = Path.of("src/test/resources/golden/tiny-" + model + "/model.safetensors");
    SafeTensors source = SafeTensors.open(golden);
    List<TensorSource> copies =
        source.entries().keySet().stream().map(n -> stored(source, n)).toList();
    SafeTensors.write(dir.resolve("copied"), source.metadata(), copies);
    assertThat(dir.resolve("copied")).hasSameBinaryContentAs(golden);

    try (var scope = new PointerScope()) {
      List<TensorSource> values =
          source.entries().keySet().stream()
              .<TensorSource>map(n -> TensorSource.Values.of(n, source.read(n)))
              .toList();
      SafeTensors.write(dir.resolve("through-torch"), source.metadata(), values);
    }
    assertThat(dir.resolve("through-torch")).hasSameBinaryContentAs(golden);
  }

  @Test
  void keepsTheOrderOfNamesAndMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "é\n\"");
    metadata.put("a", "");
    try (var scope = new PointerScope()) {
      List<TensorSource> tensors =
          List.of(
              TensorSource.Values.of("z", torch.zeros(0, 3)),
              TensorSource.Values.of("ü \"q\"", torch.ones(new long[0])),
              TensorSource.Values.of("a", torch.ones(2)));
      SafeTensors.write(dir.resolve("f"), metadata, tensors);
      SafeTensors read = SafeTensors.open(dir.resolve("f"));
      assertThat(read.metadata().keySet()).containsExactly("z", "a");
      assertThat(read.metadata()).isEqualTo(metadata);
      assertThat(read.entries().keySet()).containsExactly("z", "ü \"q\"", "a");
      assertThat(read.entries().get("z").shape()).containsExactly(0L, 3L);
      assertThat(read.entries().get("z").elements()).isZero();
      assertThat(read.read("z").numel()).isZero();
      assertThat(read.read("ü \"q\"").item_float()).isEqualTo(1f);
    }
  }

  @Test
  void aHeaderInAnotherOrderThanTheDataIsRead() {
    String header =
        "{"
            + RawFile.entry("b", "U8", "[1]", "[1,2]")
            + ","
            + RawFile.entry("a", "U8", "[]", "[0,1]")
            + "}   ";
    SafeTensors file =
        SafeTensors.open(RawFile.write(dir.resolve("f"), header, (byte) 7, (byte) 9));
    assertThat(file.entries().keySet()).containsExactly("b", "a");
    assertThat(file.bytes("a").get()).isEqualTo((byte) 7);
    assertThat(file.bytes("b").get()).isEqualTo((byte) 9);
  }

  @Test
  void viewsGradientsAndOtherTypesAreConverted() {
    try (var scope = new PointerScope()) {
      Tensor view = torch.arange(new Scalar(6)).to(ScalarType.Float).view(2, 3).t(); // (3, 2)
      view.requires_grad_(true);
      SafeTensors.write(
          dir.resolve("f"), Map.of(), List.of(new TensorSource.Values("v", view, DType.BF16)));
      SafeTensors file = SafeTensors.open(dir.resolve("f"));
      assertThat(file.entries().get("v").dtype()).isEqualTo(DType.BF16);
      assertThat(file.entries().get("v").shape()).containsExactly(3L, 2L);
      ByteBuffer bytes = file.bytes("v"); // rows 0 3, 1 4, 2 5; a bf16 is the top half of a float
      float[] expected = {0, 3, 1, 4, 2, 5};
      for (float f : expected) {
        assertThat(bytes.getShort()).isEqualTo((short) (Float.floatToIntBits(f) >> 16));
      }
    }
  }

  @Test
  void offsetsBeyondTwoGibibytesAreRead() throws IOException {
    long far = 3L << 30;
    String header =
        "{"
            + RawFile.entry("big", "U8", "[3,1024,1048576]", "[0," + far + "]")
            + ","
            + RawFile.entry("last", "I32", "[2]", "[" + far + "," + (far + 8) + "]")
            + "}";
    Path path = RawFile.write(dir.resolve("sparse"), header);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(8 + header.length() + far);
      file.write(new byte[] {1, 0, 0, 0, -1, -1, -1, -1});
    }
    SafeTensors open = SafeTensors.open(path);
    try (var scope = new PointerScope()) {
      Tensor last = open.read("last");
      assertThat(last.select(0, 0).item_int()).isEqualTo(1);
      assertThat(last.select(0, 1).item_int()).isEqualTo(-1);
    }
    assertThatThrownBy(() -> open.bytes("big"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3221225472 bytes: use copy");
    SafeTensors.write(dir.resolve("out"), Map.of(), List.of(stored(open, "last")));
    assertThat(SafeTensors.open(dir.resolve("out")).bytes("last").getInt()).isEqualTo(1);
  }

  @Test
  void memoryIsVisitedThroughWindowsThatNeedNotDivideIt() throws IOException {
    byte[] seen = new byte[40];
    try (var scope = new PointerScope()) {
      Tensor tensor = torch.arange(new Scalar(40)).to(ScalarType.Byte);
      TensorBytes.each(tensor, 7, (at, window) -> window.get(seen, (int) at, window.remaining()));
    }
    for (int i = 0; i < seen.length; i++) {
      assertThat(seen[i]).isEqualTo((byte) i);
    }
  }

  @Test
  void aFileThatShrinksIsReported() throws IOException {
    String header = "{" + RawFile.entry("x", "U8", "[4]", "[0,4]") + "}";
    SafeTensors open = SafeTensors.open(RawFile.write(dir.resolve("f"), header, new byte[4]));
    RawFile.write(dir.resolve("f"), header, new byte[2]);
    assertThatThrownBy(() -> open.read("x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 too early");
    assertThatThrownBy(
            () -> SafeTensors.write(dir.resolve("g"), Map.of(), List.of(stored(open, "x"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 too early");
  }

  @Test
  void readingManyTimesKeepsNoMemory() {
    String header = "{" + RawFile.entry("x", "U8", "[1048576]", "[0,1048576]") + "}";
    SafeTensors open = SafeTensors.open(RawFile.write(dir.resolve("f"), header, new byte[1 << 20]));
    long before = 0;
    for (int i = 0; i < 600; i++) {
      if (i == 100) {
        before = residentKilobytes();
      }
      try (var scope = new PointerScope()) {
        assertThat(open.read("x").numel()).isEqualTo(1 << 20);
      }
    }
    assertThat(residentKilobytes() - before).isLessThan(200_000); // 500 MiB were it all kept
  }

  @Test
  void writingRefusesWhatTheFormatCannotSay() {
    try (var scope = new PointerScope()) {
      TensorSource x = TensorSource.Values.of("x", torch.ones(1));
      assertThatThrownBy(() -> SafeTensors.write(dir.resolve("f"), Map.of(), List.of(x, x)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tensor \"x\": the name must be unique");
      TensorSource reserved = TensorSource.Values.of("__metadata__", torch.ones(1));
      assertThatThrownBy(() -> SafeTensors.write(dir.resolve("f"), Map.of(), List.of(reserved)))
          .isInstanceOf(IllegalArgumentException.class);
      Tensor half = torch.ones(1).to(ScalarType.ComplexDouble);
      assertThatThrownBy(() -> TensorSource.Values.of("c", half))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ComplexDouble");
      assertThatThrownBy(() -> new TensorSource.Values("f", half, DType.F6_E2M3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("libtorch has no F6_E2M3");
      SafeTensors.write(dir.resolve("f"), Map.of(), List.of(x));
      assertThatThrownBy(() -> SafeTensors.write(dir.resolve("f"), Map.of(), List.of(x)))
          .isInstanceOf(InputException.class)
          .hasMessage(dir.resolve("f") + ": cannot be written: it exists already");
    }
  }

  private static TensorSource stored(SafeTensors file, String name) {
    return new TensorSource.Stored(file, file.entries().get(name));
  }

  private static long residentKilobytes() {
    return org.bytedeco.javacpp.Pointer.physicalBytes() / 1024;
  }
}
