package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.provenance.Fingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code deepcut pretrain}, from text to a folder that {@code train} takes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PretrainTest {
  private static final List<String> NAMES = List.of("ana", "bo", "cy", "dee");
  private static final List<String> ILLS = List.of("asthma", "gout", "flu", "rash");

  private Tiny tiny;
  private Cli cli;
  private JsonNode answer;

  @BeforeAll
  void pretrainOnce(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    text("one.txt", 200, 1);
    packed("two.txt.gz", 100, 2);
    text("eval.txt", 100, 3);
    cli = Cli.done(pretrain("out", 40, "--eval", tiny.path("eval.txt"), "--json"));
    answer = cli.json();
  }

  /** Sentences such as "bo has gout.", each person with an illness of their own. */
  private Path text(String name, int sentences, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      int who = random.nextInt(4);
      text.append("%s has %s.%n".formatted(NAMES.get(who), ILLS.get(who)));
    }
    return Files.writeString(tiny.path(name), text);
  }

  private void packed(String name, int sentences, long seed) throws IOException {
    Path plain = text("plain.txt", sentences, seed);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tiny.path(name)))) {
      Files.copy(plain, out);
    }
  }

  private Object[] pretrain(String out, int epochs, Object... more) {
    Object[] usual = {
      "pretrain",
      "--model",
      tiny.path("base"),
      "--data",
      tiny.path("one.txt") + "," + tiny.path("two.txt.gz"),
      "--out",
      tiny.path(out),
      "--epochs",
      epochs,
      "--batch-size",
      8,
      "--lr",
      1e-2,
      "--mask-share",
      0.3
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void hiddenWordsAreGuessedFarBetterThanByChance() throws IOException {
    int vocabulary = ModelFolder.read(tiny.path("base")).config().get("vocab_size").asInt();
    JsonNode eval = answer.get("eval");
    assertThat(eval.get("loss").asDouble()).isLessThan(0.4 * Math.log(vocabulary));
    assertThat(eval.get("perplexity").asDouble())
        .isEqualTo(Math.exp(eval.get("loss").asDouble()))
        .isLessThan(eval.get("perplexity_before").asDouble() / 4);
    assertThat(eval.get("hidden_tokens").asInt()).isBetween(100, 140); // 0.3 of 400
  }

  @Test
  void theAnswerTellsHowMuchAndHowFast() {
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly(
            "command",
            "seed",
            "rows",
            "epochs",
            "steps",
            "loss",
            "eval",
            "tokens",
            "seconds",
            "tokens_per_second",
            "out");
    // 300 sentences of 4 tokens in rows of 30, and two special tokens a row
    assertThat(answer.get("rows").asInt()).isEqualTo(40);
    assertThat(answer.get("tokens").asInt()).isEqualTo(answer.get("epochs").asInt() * 40 * 32);
    assertThat(answer.get("steps").asInt()).isEqualTo(answer.get("epochs").asInt() * 5);
    assertThat(answer.get("tokens_per_second").asDouble()).isPositive();
    assertThat(cli.err()).contains("holds no weights", "tokens/s", "loss ");
  }

  @Test
  void theFolderIsAMaskedLanguageModel() throws IOException {
    ModelFolder out = ModelFolder.read(tiny.path("out"));
    assertThat(out.config().get("architectures").toString()).isEqualTo("[\"BertForMaskedLM\"]");
    assertThat(out.tensors().keySet())
        .contains("cls.predictions.bias", "bert.embeddings.word_embeddings.weight")
        .noneMatch(n -> n.contains("decoder"));
    JsonNode record = new ObjectMapper().readTree(tiny.path("out/deepcut.json").toFile());
    assertThat(record.get("task").asText()).isEqualTo("pretrain");
    assertThat(record.at("/corpus/1/sha256").asText())
        .isEqualTo(Fingerprint.of(tiny.path("two.txt.gz")));
  }

  @Test
  void theSameSeedGivesTheSameTensors() {
    for (String[] run : new String[][] {{"a", "1"}, {"b", "1"}, {"c", "2"}}) {
      Cli.done(pretrain(run[0], 2, "--seed", run[1]));
    }
    assertThat(weights("a")).isEqualTo(weights("b")).isNotEqualTo(weights("c"));
  }

  private String weights(String folder) {
    return Fingerprint.of(tiny.path(folder).resolve("model.safetensors"));
  }

  @Test
  void trainStartsFromItAndLeavesTheHeadBehind() {
    Object[] train = {
      "train",
      "--model",
      tiny.path("out"),
      "--data",
      tiny.path("train.conll"),
      "--task",
      "ner",
      "--out",
      tiny.path("tagger"),
      "--epochs",
      1
    };
    assertThat(Cli.done(train).err()).contains("a fresh head is added");
    ModelFolder tagger = ModelFolder.read(tiny.path("tagger"));
    assertThat(tagger.tensors().keySet())
        .contains("classifier.weight")
        .noneMatch(n -> n.startsWith("cls."));
    Cli.done("predict", "--model", tiny.path("tagger"), "--text", "ana has gout.");
  }

  @Test
  void itGoesOnFromWhereItIs() throws IOException {
    Object[] further = {
      "pretrain",
      "--model",
      tiny.path("out"),
      "--data",
      tiny.path("one.txt"),
      "--eval",
      tiny.path("eval.txt"),
      "--mask-share",
      0.3,
      "--epochs",
      1,
      "--out",
      tiny.path("further")
    };
    Cli plain = Cli.done(further);
    assertThat(plain.err()).doesNotContain("fresh");
    double before = answer.at("/eval/perplexity").asDouble();
    assertThat(plain.out())
        .contains("pretrained on ", "tokens/s; perplexity ", "written to ")
        .contains(String.format(java.util.Locale.ROOT, "(before: %.2f)", before));
  }
}
