package io.github.deepcut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Golden;
import io.github.deepcut.TinyImages;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.folder.LabelMap;
import io.github.deepcut.model.folder.LanguageModels;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.Prepared;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@code config.json} asks for and is not computed is refused in one line, as are numbers
 * that are none, contradict the tensors, or would fill the memory.
 */
class RefusedConfigurationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LABELS = 5;

  @TempDir Path folder;

  /** A golden model with other entries in its configuration. */
  private ModelFolder changed(String golden, String entries) throws IOException {
    ModelFolder base = ModelFolder.read(Golden.path(golden));
    ObjectNode config = base.config();
    config.setAll((ObjectNode) JSON.readTree(entries));
    base.writeTo(folder.resolve("changed"), Map.of(), config);
    return ModelFolder.read(folder.resolve("changed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tiny-bert-sequence | {"hidden_act": "quick_gelu"} | hidden_act is "quick_gelu", expected one of
          tiny-bert-sequence | {"hidden_act": 3} | hidden_act is 3, expected a text
          tiny-bert-sequence | {"position_embedding_type": "relative_key"} | position_embedding_type is "relative_key", expected absolute
          tiny-bert-sequence | {"is_decoder": true} | is_decoder is true, expected false
          tiny-bert-sequence | {"add_cross_attention": true} | add_cross_attention is true
          tiny-bert-sequence | {"pruned_heads": {"0": [1]}} | pruned_heads is {"0":[1]}, expected none
          tiny-bert-sequence | {"quantization_config": {"bits": 4}} | quantization_config is {"bits":4}
          tiny-bert-sequence | {"auto_map": {"AutoModel": "m.M"}} | auto_map is
          tiny-bert-sequence | {"num_hidden_layers": 2000000000} | num_hidden_layers in config.json is 2000000000, but the weights hold 2
          tiny-distilbert-token | {"n_layers": 3} | n_layers in config.json is 3, but the weights hold 2
          tiny-bert-sequence | {"num_hidden_layers": 1} | is no part of the model that config.json describes
          tiny-distilbert-token | {"num_hidden_layers": 1} | num_hidden_layers is 1, expected 2, as n_layers has it
          tiny-bert-sequence | {"hidden_size": 2000000000, "num_attention_heads": 1} | has shape [40, 16], but config.json asks for [40, 2000000000]
          tiny-bert-sequence | {"vocab_size": 2147483647} | asks for [2147483647, 16]
          tiny-bert-sequence | {"max_position_embeddings": 1000000} | asks for [1000000, 16]
          tiny-bert-sequence | {"num_attention_heads": 3} | hidden size 16 is not a multiple of 3 heads
          tiny-bert-sequence | {"hidden_size": "16"} | hidden_size is "16", expected a whole number > 0
          tiny-bert-sequence | {"hidden_size": -16} | hidden_size is -16, expected a whole number > 0
          tiny-bert-sequence | {"hidden_size": 16.0} | hidden_size is 16.0, expected a whole number
          tiny-bert-sequence | {"hidden_size": null} | hidden_size is null, expected a whole number
          tiny-bert-sequence | {"intermediate_size": 99999999999999999999} | intermediate_size is 99999999999999999999, expected
          tiny-bert-sequence | {"layer_norm_eps": "1e-12"} | layer_norm_eps is "1e-12", expected a number
          tiny-bert-sequence | {"layer_norm_eps": 1e400} | layer_norm_eps is
          tiny-bert-sequence | {"hidden_dropout_prob": -0.1} | hidden_dropout_prob is -0.1, expected a number from 0.0 to 1.0
          tiny-bert-sequence | {"hidden_dropout_prob": 1} | hidden_dropout_prob is 1, expected 0 <= rate < 1
          tiny-bert-sequence | {"pad_token_id": 40} | pad_token_id is 40, expected 0 to vocab_size - 1, which is 39
          tiny-roberta-sequence | {"pad_token_id": 23} | max_position_embeddings is 24, expected more than pad_token_id + 1, 24
          tiny-roberta-sequence | {"pad_token_id": null} | pad_token_id is null, expected a whole number
          tiny-bert-sequence | {"problem_type": "regression"} | problem_type is "regression", which is not supported
          tiny-bert-sequence | {"problem_type": "multi_label_classification"} | problem_type is "multi_label_classification"
          tiny-bert-sequence | {"problem_type": "ranking"} | problem_type is "ranking", which is not supported
          tiny-bert-sequence | {"id2label": null, "num_labels": 1} | the head has fewer than two labels, which is a regression
          tiny-bert-sequence | {"id2label": {"0": "LABEL_0"}} | the head has fewer than two labels, which is a regression
          tiny-bert-sequence | {"id2label": null} | tensor classifier.weight has shape [5, 16], but config.json asks for [2, 16]
          tiny-bert-sequence | {"id2label": null, "num_labels": -3} | num_labels is -3, expected 0 to
          tiny-bert-sequence | {"id2label": null, "num_labels": 2000000000} | num_labels is 2000000000, expected 0 to
          tiny-bert-sequence | {"id2label": null, "num_labels": "5"} | num_labels is "5", expected 0 to
          tiny-bert-sequence | {"num_labels": 4} | num_labels is 4, but id2label has 5 entries
          tiny-bert-sequence | {"id2label": {"0": "a", "2": "b"}} | id2label has 2 entries but none for 1; expected the keys 0 to 1
          tiny-bert-sequence | {"id2label": {"0": "a", "1": "a"}} | id2label has the label 'a' twice
          tiny-bert-sequence | {"id2label": {"0": "a", "1": null}} | id2label has null for 1, expected a text
          tiny-bert-sequence | {"id2label": ["a", "b"]} | id2label is ["a","b"], expected an object
          tiny-bert-sequence | {"architectures": ["BertForQuestionAnswering"]} | architectures is ["BertForQuestionAnswering"], expected
          tiny-bert-sequence | {"architectures": ["BertForMultipleChoice"]} | architectures is ["BertForMultipleChoice"], expected
          tiny-bert-sequence | {"architectures": ["MyBertForSequenceClassification"]} | architectures is ["MyBertForSequenceClassification"]
          tiny-bert-sequence | {"architectures": ["RobertaForSequenceClassification"]} | architectures is ["RobertaForSequenceClassification"]
          """)
  void isRefused(String golden, String entries, String message) throws IOException {
    ModelFolder model = changed(golden, entries);
    assertThatThrownBy(() -> TextModels.load(model))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tiny-bert-sequence | {"id2label": null, "num_labels": 5} | LABEL_0 LABEL_1 LABEL_2 LABEL_3 LABEL_4
          tiny-bert-sequence | {"id2label": {"3": "d", "1": "b", "0": "a", "2": "c", "4": "e"}} | a b c d e
          tiny-bert-sequence | {"id2label": {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4}} | 0 1 2 3 4
          tiny-bert-sequence | {"num_labels": 5, "problem_type": null} | LABEL_0 LABEL_1 LABEL_2 LABEL_3 LABEL_4
          tiny-bert-sequence | {"problem_type": "single_label_classification"} | LABEL_0 LABEL_1 LABEL_2 LABEL_3 LABEL_4
          tiny-bert-sequence | {"pruned_heads": {}, "chunk_size_feed_forward": 8, "torch_dtype": "float16"} | LABEL_0 LABEL_1 LABEL_2 LABEL_3 LABEL_4
          """)
  void isRead(String golden, String entries, String labels) throws IOException {
    TextClassifier model = TextModels.load(changed(golden, entries));
    try (var weights = model.weights()) {
      assertThat(model.labels()).containsExactly(labels.split(" "));
    }
  }

  @Test
  void aTrainedHeadWithoutIdToLabelIsTrainedOn() throws IOException {
    ModelFolder base = changed("tiny-bert-sequence", "{\"id2label\": null, \"num_labels\": 5}");
    List<String> labels = List.of("LABEL_4", "LABEL_1", "LABEL_2", "LABEL_3", "LABEL_0");
    Prepared prepared = TextModels.prepare(base, Task.CLASSIFY, labels, Run.of(1));
    TextClassifier trained = TextModels.load(base);
    try (var weights = prepared.classifier().weights();
        var others = trained.weights()) {
      assertThat(prepared.classifier().labels()).hasSize(LABELS).startsWith("LABEL_0", "LABEL_1");
      String head = "classifier.weight";
      assertThat(weights.get(head).equal(others.get(head))).isTrue();
    }
  }

  /** As of ImageNet, which has two classes of cranes. */
  @Test
  void aLabelThatNamesTwoClassesIsNoObstacleToOthers() throws IOException {
    ModelFolder base =
        changed("tiny-bert-sequence", "{\"id2label\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"a\"}}");
    Prepared prepared = TextModels.prepare(base, Task.CLASSIFY, List.of("a", "b"), Run.of(1));
    try (var weights = prepared.classifier().weights()) {
      assertThat(weights.get("classifier.weight").size(0)).isEqualTo(2);
    }
  }

  @Test
  void otherLabelsLeaveNoContradictionBehind() throws IOException {
    ModelFolder base = changed("tiny-bert-sequence", "{\"id2label\": null, \"num_labels\": 5}");
    Prepared prepared = TextModels.prepare(base, Task.CLASSIFY, List.of("a", "b"), Run.of(1));
    try (var weights = prepared.classifier().weights()) {
      prepared.writeTo(folder.resolve("out"));
      assertThat(LabelMap.labels(ModelFolder.read(folder.resolve("out")).config(), folder))
          .containsExactly("a", "b");
    }
  }

  /** Too deep, no number, a number of too many digits, a key twice. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":", "{\"hidden_size\": NaN}", "{\"dim\": 1, \"dim\": 2}", "{\"dim\": 1"})
  void whatIsNoJsonIsRefused(String text) throws IOException {
    String digits = text.endsWith("1") ? "1".repeat(5000) + "}" : "";
    String whole = text.endsWith(":") ? text.repeat(100_000) : text + digits;
    Files.writeString(folder.resolve("config.json"), whole);
    assertThatThrownBy(() -> ModelFolder.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(": must be JSON: ")
        .hasMessageNotContaining("\n");
  }

  /** A regression is no base to train a classifier's head from. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"problem_type": "regression"} | problem_type is "regression"
          {"problem_type": "multi_label_classification"} | problem_type is "multi_label
          {"id2label": null, "num_labels": 1} | the head has fewer than two labels
          {"num_hidden_layers": 2000000000} | but the weights hold 2
          """)
  void isNoBase(String entries, String message) throws IOException {
    ModelFolder base = changed("tiny-bert-sequence", entries);
    assertThatThrownBy(() -> TextModels.prepare(base, Task.CLASSIFY, List.of("a", "b"), Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"model_type": "bert", "num_hidden_layers": 2000000000} | asks for 2000000000 layers
          {"model_type": "bert", "hidden_size": 1200000} | e+13 parameters, but weights made afresh have at most 1,000,000,000
          {"model_type": "bert", "vocab_size": 2147483647, "hidden_size": 2147483647, "num_attention_heads": 1} | parameters, but weights made afresh
          {"model_type": "distilbert", "sinusoidal_pos_embds": true} | sinusoidal_pos_embds is true
          """)
  void isNotMadeAfresh(String config, String message) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    ModelFolder bare = ModelFolder.read(folder);
    for (var make :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> TextModels.prepare(bare, Task.CLASSIFY, List.of("a", "b"), Run.of(1)),
            () -> LanguageModels.prepare(bare, Run.of(1)))) {
      assertThatThrownBy(make).isInstanceOf(InputException.class).hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"hidden_act": "gelu"} | hidden_act is "gelu", expected relu
          {"layer_type": "deep"} | layer_type is "deep", expected basic or bottleneck
          {"depths": [2000000000, 1]} | expected at most 2000 blocks in all
          {"depths": [1]} | hidden_sizes has 2 entries and depths 1
          {"depths": [1, -1]} | depths is -1, expected a whole number > 0
          {"hidden_sizes": "4, 8"} | hidden_sizes is "4, 8", expected a list
          {"downsample_in_first_stage": "yes"} | downsample_in_first_stage is "yes", expected true or false
          {"auto_map": {"AutoModel": "m.M"}} | auto_map is
          {"quantization_config": {"bits": 4}} | quantization_config is
          {"model_type": "cnn", "image_size": [2000000000, 32]} | image_size is [2000000000,32], expected sides of at most 8192
          {"model_type": "cnn", "image_size": [2, 2]} | that 2 stages can halve
          {"model_type": "cnn", "image_size": [32, 32], "hidden_sizes": [4, 2000000000]} | hidden_sizes is [4,2000000000]
          {"model_type": "cnn", "image_size": 32} | image_size is 32, expected a list
          """)
  void imagesAreRefused(String entries, String message) throws IOException {
    ObjectNode config = TinyImages.resnet("basic", false);
    config.setAll((ObjectNode) JSON.readTree(entries));
    assertThatThrownBy(() -> VisionConfig.of(config, Naming.HUGGINGFACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void timmsArgumentsAreRefused() throws IOException {
    var config = JSON.readTree("{\"architecture\": \"resnet18\", \"global_pool\": \"max\"}");
    assertThatThrownBy(() -> VisionConfig.of(config, Naming.TORCHVISION))
        .hasMessageContaining("global_pool is \"max\", expected avg");
    var more =
        JSON.readTree(
            "{\"architecture\": \"resnet18\", \"model_args\": {\"act_layer\": \"silu\"}}");
    assertThatThrownBy(() -> VisionConfig.of(more, Naming.TORCHVISION))
        .hasMessageContaining("model_args is");
  }

  /** transformers' DistilBERT has 1e-12 in its code, and takes the general names for its own. */
  @Test
  void distilBertIsReadAsTransformersReadsIt() throws IOException {
    EncoderConfig c =
        EncoderConfig.of(
            JSON.readTree(
                """
                {"model_type": "distilbert", "layer_norm_eps": 1e-5, "hidden_size": 24,
                 "num_attention_heads": 4, "num_hidden_layers": 3}
                """));
    assertThat(c.epsilon()).isEqualTo(1e-12);
    assertThat(List.of(c.hidden(), c.heads(), c.layers())).containsExactly(24, 4, 3);
  }
}
