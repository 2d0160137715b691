package io.github.deepcut.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCheckTest {
  @TempDir Path folder;

  /** One finding, which says what it is and what can be done. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "config.json | {\"model_type\": \"gpt2\"} | model_type 'gpt2' is not supported | deepcut train",
        "config.json | {\"model_type\": \"bert\", \"auto_map\": {\"AutoModel\": \"m.M\"}}"
            + " | code of its own | is not run here",
        "config.json | {\"model_type\": \"llama\", \"quantization_config\": {\"quant_method\": \"gptq\"}}"
            + " | quantised by gptq | the folder that they were made from",
        "config.json | {\"model_type\": \"bert\", \"quantization_config\": {\"quant_method\": \"awq\"}}"
            + " | quantised by awq | the folder that they were made from",
        "adapter_config.json | {\"peft_type\": \"LORA\"} | an adapter (PEFT) | merge_and_unload",
        "config.json | {\"model_type\": \"bert\", \"hidden_size\": 7} | not a multiple | deepcut train",
        "config.json | nonsense | config.json | deepcut train",
      })
  void ofWhatCannotBeUsed(String file, String content, String found, String mend)
      throws IOException {
    Files.writeString(folder.resolve(file), content);
    List<Finding> findings = ModelCheck.of(folder);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).state()).isEqualTo(Finding.State.FAIL);
    assertThat(findings.get(0).found()).contains(found);
    assertThat(findings.get(0).mend()).contains(mend);
  }

  @Test
  void anEncoderWithoutHeadCanBeTrained() throws IOException {
    Files.writeString(
        folder.resolve("config.json"), "{\"model_type\": \"bert\", \"vocab_size\": 5}");
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    List<Finding> findings = ModelCheck.of(folder);
    assertThat(findings).allMatch(f -> f.state() == Finding.State.OK);
    assertThat(findings)
        .extracting(Finding::name)
        .containsExactly("model", "weights", "tokenizer", "use");
    assertThat(findings.get(3).found()).startsWith("train:");
  }

  @Test
  void withoutATokenizerItIsSaid() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"deberta-v2\"}");
    List<Finding> findings = ModelCheck.of(folder);
    assertThat(findings).extracting(Finding::name).containsExactly("model", "weights", "tokenizer");
    assertThat(findings.get(2).state()).isEqualTo(Finding.State.FAIL);
  }
}
