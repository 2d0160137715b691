package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives every reader damaged forms of its corpus, the same ones in every run: as many as {@code
 * -Dfuzz.inputs} says, and for no longer than {@code -Dfuzz.seconds}.
 */
class SeededFuzzTest {
  private static final List<Class<?>> READERS =
      List.of(
          TensorFilesFuzzTest.class,
          TextDataFuzzTest.class,
          ImagesFuzzTest.class,
          ModelFilesFuzzTest.class,
          TokenizersFuzzTest.class,
          CertificatesFuzzTest.class,
          ShadowsFuzzTest.class,
          io.github.deepcut.data.TablesFuzzTest.class);

  /**
   * Not tokenizer.json, whose native library ends the process at a fault: it is asked for alone.
   */
  private static final String WANTED = System.getProperty("fuzz.readers", "(?!tokenizerJson$).*");

  private static final long INPUTS = Long.getLong("fuzz.inputs", Long.MAX_VALUE);
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("fuzz.seconds", "0.5"));
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final long HANG = TimeUnit.SECONDS.toNanos(10);

  static Stream<Method> readers() {
    return READERS.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(FuzzTest.class))
        .filter(method -> method.getName().matches(WANTED));
  }

  @ParameterizedTest
  @MethodSource("readers")
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void takesOrRefuses(Method reader) throws Exception {
    var constructor = reader.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    reader.setAccessible(true);
    Object test = constructor.newInstance();
    Mutations mutations = new Mutations(1, corpus(reader));
    long begin = System.nanoTime();
    long inputs = 0;
    while (inputs < INPUTS && System.nanoTime() - begin < SECONDS * 1e9) {
      give(test, reader, mutations.next());
      inputs++;
    }
    System.out.printf(
        "fuzzed %s: %d inputs in %.0f s%n",
        reader.getName(), inputs, (System.nanoTime() - begin) / 1e9);
    assertThat(inputs).isPositive();
  }

  private static void give(Object test, Method reader, byte[] input) throws Exception {
    long begin = CPU.getCurrentThreadCpuTime(); // the machine may be busy with other things
    try {
      reader.invoke(test, input);
    } catch (InvocationTargetException e) {
      throw new AssertionError(
          reader.getName() + " failed at " + kept(reader, input), e.getCause());
    }
    assertThat(CPU.getCurrentThreadCpuTime() - begin)
        .as(() -> reader.getName() + " took long at " + kept(reader, input))
        .isLessThan(HANG);
  }

  /** Where the input is kept, to be added to the corpus. */
  private static Path kept(Method reader, byte[] input) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz", reader.getName()));
      String name = "fault-%08x".formatted(Arrays.hashCode(input));
      return Files.write(folder.resolve(name), input);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<byte[]> corpus(Method reader) throws IOException {
    String type = reader.getDeclaringClass().getName().replace('.', '/');
    Path folder = Path.of("src", "test", "resources", type + "Inputs", reader.getName());
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }
}
