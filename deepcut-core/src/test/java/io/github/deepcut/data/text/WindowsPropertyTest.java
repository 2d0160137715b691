package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WindowsPropertyTest {
  @Property(tries = 500)
  void everyWordIsInOneWindowThatHoldsItWhole(
      @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 40) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 60) int capacity) {
    int[] fitting = lengths.stream().mapToInt(n -> Math.min(n, capacity)).toArray();
    Windows windows = Windows.of(capacity, fitting);
    int[] starts = windows.starts();
    List<Windows.Window> cut = windows.cut();
    for (Windows.Window window : cut) {
      assertThat(starts[window.to()] - starts[window.from()]).isBetween(1, capacity);
      assertThat(window.own()).isNotEmpty();
      assertThat(IntStream.of(window.own()).allMatch(w -> window.from() <= w && w < window.to()))
          .isTrue();
    }
    int[] seen = cut.stream().flatMapToInt(w -> IntStream.of(w.own())).toArray();
    assertThat(seen).containsExactly(IntStream.range(0, fitting.length).toArray());
  }

  @Property(tries = 300)
  void shortWordsHaveNearlyAQuarterOfAWindowAroundThem(
      @ForAll @IntRange(min = 1, max = 300) int words,
      @ForAll @IntRange(min = 8, max = 60) int capacity) {
    Windows windows = Windows.of(capacity, IntStream.range(0, words).map(w -> 1).toArray());
    for (Windows.Window window : windows.cut()) {
      for (int w : window.own()) {
        assertThat(window.from() == 0 || w - window.from() >= capacity / 4 - 1).isTrue();
        assertThat(window.to() == words || window.to() - w - 1 >= capacity / 4 - 1).isTrue();
      }
    }
  }
}
