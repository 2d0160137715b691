package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.audit.EntityF1.Counts;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntityF1Test {
  static Stream<JsonNode> cases() {
    return StreamSupport.stream(
        Golden.read("entity-f1.json").required("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithConlleval(JsonNode c) {
    List<Counts> sentences = new ArrayList<>();
    for (int i = 0; i < c.get("gold").size(); i++) {
      sentences.add(
          EntityF1.counts(
              Golden.strings(c.get("gold").get(i)), Golden.strings(c.get("predicted").get(i))));
    }
    Counts sum = sentences.stream().reduce(Counts.NONE, Counts::plus);
    assertThat(sum)
        .isEqualTo(
            new Counts(
                c.get("true_positives").asLong(),
                c.get("gold_entities").asLong(),
                c.get("predicted_entities").asLong()));
    same(sum.precision(), c.get("precision"));
    same(sum.recall(), c.get("recall"));
    same(sum.f1(), c.get("f1"));
    same(EntityF1.of(sentences, new Bootstrap(new SplittableRandom(1))), c.get("f1"));
  }

  /** 500 pairs in IO, IOB, BIOES and BILOU, most of them not well-formed (make_seqeval.py). */
  @Test
  void agreesWithSeqeval() {
    JsonNode cases = Golden.read("seqeval.json");
    assertThat(cases.size()).isEqualTo(500);
    for (JsonNode c : cases) {
      Counts counts =
          EntityF1.counts(
              List.of(c.get(1).asText().split(" ")), List.of(c.get(2).asText().split(" ")));
      Counts expected = new Counts(c.get(3).asLong(), c.get(4).asLong(), c.get(5).asLong());
      assertThat(counts).as(c.toString()).isEqualTo(expected);
      same(counts.f1(), c.get(6));
    }
  }

  private static void same(Value value, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(value).isInstanceOf(Value.Undefined.class);
    } else {
      assertThat(value.number().orElseThrow()).isCloseTo(expected.doubleValue(), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "B-PER I-PER O B-LOC,     PER 0 2; LOC 3 4", // IOB2
    "I-PER I-PER B-PER O,     PER 0 2; PER 2 3", // IOB1: B only to split
    "B-PER E-PER S-LOC,       PER 0 2; LOC 2 3", // BIOES
    "B-PER I-PER L-PER U-LOC, PER 0 3; LOC 3 4", // BILOU
    "E-PER I-PER E-PER,       PER 0 1; PER 1 3", // after E a new one opens
    "S-PER I-PER,             PER 0 1; PER 1 2",
    "PER PER O LOC,           PER 0 2; LOC 3 4", // IO, without prefixes
    "B I O B,                 '' 0 2; '' 3 4", // no type
    "B-first-name I-first-name, first-name 0 2",
    "B-PER B-PER,             PER 0 1; PER 1 2",
  })
  void readsTheUsualSchemes(String tags, String expected) {
    List<String> spans =
        EntityF1.spans(List.of(tags.split(" "))).stream()
            .map(s -> (s.type().isEmpty() ? "''" : s.type()) + " " + s.start() + " " + s.end())
            .toList();
    assertThat(String.join("; ", spans)).isEqualTo(expected);
  }

  @Test
  void noTagsNoSpans() {
    assertThat(EntityF1.spans(List.of())).isEmpty();
    assertThat(EntityF1.of(List.of(), new Bootstrap(new SplittableRandom(1))))
        .isInstanceOf(Value.Undefined.class);
  }

  @Test
  void intervalIsOverSentences() {
    // 30 sentences right, 10 wrong: F1 = 2 * 30 / (40 + 40) = 0.75, sd = sqrt(.75 * .25 / 40) =
    // .068
    List<Counts> sentences = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sentences.add(new Counts(i < 30 ? 1 : 0, 1, 1));
    }
    Value f1 = EntityF1.of(sentences, new Bootstrap(new SplittableRandom(7)));
    assertThat(f1.n()).isEqualTo(40);
    assertThat(f1.number()).hasValue(0.75);
    assertThat(f1.interval().orElseThrow().low()).isCloseTo(0.616, within(0.03));
    assertThat(f1.interval().orElseThrow().high()).isCloseTo(0.884, within(0.03));
  }

  @Test
  void rejectsTagsThatDoNotLineUp() {
    assertThatThrownBy(() -> EntityF1.counts(List.of("O"), List.of("O", "O")))
        .hasMessageContaining("1 against 2");
  }

  @Property
  void spansAreInOrderAndApart(@ForAll List<Tag> tags) {
    int end = 0;
    for (Span s : EntityF1.spans(tags.stream().map(Tag::text).toList())) {
      assertThat(s.start()).isGreaterThanOrEqualTo(end);
      assertThat(s.end()).isGreaterThan(s.start());
      end = s.end();
    }
    assertThat(end).isLessThanOrEqualTo(tags.size());
  }

  enum Tag {
    O,
    B_X,
    I_X,
    E_X,
    S_X,
    B_Y,
    I_Y;

    String text() {
      return name().replace('_', '-');
    }
  }
}
