package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.read.DatasetReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public corpora have the rows and entities that their makers state. */
class RealDatasetsTest {
  @RealData.Needed
  @ParameterizedTest
  @CsvSource({
    "ncbi-disease/train.tsv.gz, 5424, 5134, 1",
    "ncbi-disease/dev.tsv.gz, 923, 787, 1",
    "ncbi-disease/test.tsv.gz, 940, 960, 1",
    "wnut17/train.conll.gz, 3394, 1975, 6",
    "wnut17/dev.conll.gz, 1009, 836, 6",
    "wnut17/test.conll.gz, 1287, 1079, 6",
    "broad-twitter-corpus/train.conll.gz, 6338, 8779, 3",
    "broad-twitter-corpus/dev.conll.gz, 1001, 1730, 3",
    "broad-twitter-corpus/test.conll.gz, 2001, 4376, 3",
    "snips-nlu/train.bio.tsv.gz, 13784, 35748, 39",
    "snips-nlu/valid.bio.tsv.gz, 700, 1792, 39",
    "presidio-synth-pii/synth_dataset_v2.bio.tsv.gz, 1500, 2863, 17",
  })
  void taggedCorpora(String name, int sentences, int entities, int types) {
    Dataset data = DatasetReader.read(RealData.folder().resolve(name), Task.NER).dataset();
    assertThat(data.size()).isEqualTo(sentences);
    assertThat(
            data.examples().stream()
                .mapToInt(e -> Mention.of(((TaggedSentence) e).tags()).size())
                .sum())
        .isEqualTo(entities);
    assertThat(data.labels().stream().filter(tag -> !tag.equals("O")).map(tag -> tag.substring(2)))
        .satisfies(names -> assertThat(names.stream().distinct()).hasSize(types));
  }

  @RealData.Needed
  @ParameterizedTest
  @CsvSource({
    "clinc150/train.jsonl.gz, 15000, 150",
    "clinc150/dev.jsonl.gz, 3000, 150",
    "clinc150/test.jsonl.gz, 4500, 150",
    "sms-spam/train.jsonl.gz, 3619, 2",
    "sms-spam/dev.jsonl.gz, 776, 2",
    "sms-spam/test.jsonl.gz, 776, 2",
  })
  void labelledCorpora(String name, int rows, int labels) {
    Dataset data = DatasetReader.read(RealData.folder().resolve(name), Task.CLASSIFY).dataset();
    assertThat(data.size()).isEqualTo(rows);
    assertThat(data.labels()).hasSize(labels);
  }

  @RealData.Needed
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snips-nlu/train.bio.tsv.gz|NER|intent = 'PlayMusic'|2000",
        "presidio-synth-pii/synth_dataset_v2.bio.tsv.gz|NER|id = '7' AND template_id IS NOT NULL|1",
        "clinc150/train.jsonl.gz|CLASSIFY|domain = 'travel'|1500",
      })
  void conditionsOverTheirColumns(String name, Task task, String condition, int chosen) {
    Table table = DatasetReader.read(RealData.folder().resolve(name), task);
    assertThat(new ForgetRequest.Where(condition).split(table).forget()).hasSize(chosen);
  }
}
