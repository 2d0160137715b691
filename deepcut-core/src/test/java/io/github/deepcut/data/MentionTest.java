package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "O O|''",
        "B-P I-P O B-L|P0-2 L3-4",
        "B-P B-P I-P|P0-1 P1-3",
        "I-P I-P O I-L|P0-2 L3-4",
        "B-P I-L|P0-1 L1-2",
        "S-P B-P I-P E-P I-P|P0-1 P1-4 P4-5",
        "U-P B-L L-L L-L|P0-1 L1-3 L3-4",
      })
  void tagsSpellEntities(String tags, String expected) {
    List<Mention> mentions = Mention.of(List.of(tags.split(" ")));
    assertThat(
            mentions.stream()
                .map(m -> m.type() + m.start() + "-" + m.end())
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }
}
