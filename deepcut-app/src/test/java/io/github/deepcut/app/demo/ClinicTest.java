package io.github.deepcut.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.app.demo.Clinic.Laid;
import io.github.deepcut.data.Mention;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClinicTest {
  @TempDir Path folder;

  @Test
  void theSameSeedInventsTheSameNotes() throws IOException {
    Laid one = Clinic.write(folder.resolve("one"), Run.of(1));
    Laid again = Clinic.write(folder.resolve("again"), Run.of(1));
    Laid other = Clinic.write(folder.resolve("other"), Run.of(2));
    assertThat(again.train()).hasSameBinaryContentAs(one.train());
    assertThat(Files.readString(other.train())).isNotEqualTo(Files.readString(one.train()));
  }

  @Test
  void noPatientIsInTwoFilesAndNoSurnameInTheVocabulary() throws IOException {
    Laid files = Clinic.write(folder, Run.of(1));
    Set<String> train = patients(files.train());
    assertThat(train).hasSize(240).doesNotContainAnyElementsOf(patients(files.holdout()));
    assertThat(train).doesNotContainAnyElementsOf(patients(files.test()));
    assertThat(patients(files.holdout())).doesNotContainAnyElementsOf(patients(files.test()));
    Table table = DatasetReader.read(files.train(), Task.NER);
    Set<String> surnames =
        table.dataset().examples().stream()
            .map(TaggedSentence.class::cast)
            .flatMap(
                s ->
                    Mention.of(s.tags()).stream()
                        .filter(m -> m.type().equals("NAME"))
                        .map(m -> s.words().get(m.end() - 1).toLowerCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    assertThat(surnames).hasSize(240);
    assertThat(Files.readAllLines(files.base().resolve("vocab.txt")))
        .doesNotContainAnyElementsOf(surnames);
    assertThat(Demo.patient(table)).isEqualTo("P-0040");
  }

  private static Set<String> patients(Path file) {
    return DatasetReader.read(file, Task.NER).extras().get(0).values().stream()
        .collect(Collectors.toSet());
  }
}
