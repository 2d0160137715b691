package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttacksTest {
  private record Own(String name, double value) implements Attack {
    @Override
    public double score(Sample sample) {
      return value;
    }
  }

  @Test
  void aNameIsFreeAndCanBeOne() {
    Own own = new Own("own", 1);
    assertThat(Attacks.byName(List.of(own))).containsEntry("own", own);
    wrong("brings the name 'margin': there is one of that name already", new MarginScore());
    wrong("brings the name 'own': there is one of that name already", own, new Own("own", 2));
    wrong("brings the name 'entity': there is one", new Own("entity", 1));
    wrong("brings the name 'Own,': expected a lower-case letter", new Own("Own,", 1));
  }

  private static void wrong(String because, Attack... attacks) {
    assertThatThrownBy(() -> Attacks.byName(List.of(attacks)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(because);
  }

  @Test
  void anUnknownOneIsToldWhatThereIs() {
    assertThat(Attacks.named(List.of())).isEmpty();
    assertThatThrownBy(() -> Attacks.named(List.of("loss")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--attack loss: no such attack; beside loss, confidence, margin, entropy,"
                + " modified_entropy, mention, entity, which every audit makes, there is none");
  }

  @Test
  void aScoreIsANumber() {
    List<Sample> samples = List.of(new Sample("a", "c", List.of()));
    assertThatThrownBy(() -> new Own("own", Double.NaN).against(samples, samples))
        .isInstanceOf(InputException.class)
        .hasMessage("attack own: the score of sample a is NaN, expected a number");
  }
}
