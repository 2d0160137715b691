package io.github.deepcut;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/** The reference values under {@code src/test/resources/golden}. */
public final class Golden {
  private Golden() {}

  public static Path path(String name) {
    return Path.of("src/test/resources/golden").resolve(name);
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** All numbers of a nested array, in order. */
  public static double[] numbers(JsonNode array) {
    if (!array.isArray()) {
      return new double[] {array.asDouble()};
    }
    return java.util.stream.StreamSupport.stream(array.spliterator(), false)
        .flatMapToDouble(n -> java.util.Arrays.stream(numbers(n)))
        .toArray();
  }

  public static int[] ints(JsonNode array) {
    return java.util.Arrays.stream(numbers(array)).mapToInt(d -> (int) d).toArray();
  }

  /** A matrix in float64. */
  public static Tensor matrix(JsonNode rows) {
    return Tensor.create(numbers(rows), rows.size(), rows.get(0).size());
  }
}
