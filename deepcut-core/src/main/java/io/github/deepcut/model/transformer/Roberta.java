package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Fields;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * RoBERTa (Liu et al. 2019, arXiv 1907.11692): BERT with positions that count from beyond the
 * padding id, and another head. XLM-RoBERTa (Conneau et al. 2019, 1911.02116) and CamemBERT (Martin
 * et al. 2019, 1911.03894) differ in vocabulary and data alone.
 */
public record Roberta(String modelType, String className) implements Family {
  public static final Roberta ROBERTA = new Roberta("roberta", "Roberta");

  static EncoderConfig roberta(JsonNode c) {
    return config(c, ROBERTA, 50265);
  }

  static EncoderConfig xlm(JsonNode c) {
    return config(c, new Roberta("xlm-roberta", "XLMRoberta"), 30522);
  }

  static EncoderConfig camembert(JsonNode c) {
    return config(c, new Roberta("camembert", "Camembert"), 30522);
  }

  private static EncoderConfig config(JsonNode c, Roberta family, int vocabulary) {
    if (c.path("pad_token_id").isNull()) {
      throw Fields.fail("pad_token_id", c.get("pad_token_id"), "a whole number");
    }
    return EncoderConfig.Values.of(c, Map.of("vocab_size", vocabulary, "pad_token_id", 1))
        .with(family);
  }

  @Override
  public String prefix() {
    return "roberta.";
  }

  @Override
  public int firstPosition(int padId) {
    return padId + 1;
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    return new Bert().parameters(c);
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER ? Head.linear(c.headDropout()) : head(Tensor::tanh, c.headDropout());
  }

  /** Dropout, a dense layer, dropout, the output: ELECTRA and MPNet have it, too. */
  static Head head(UnaryOperator<Tensor> activation, double dropout) {
    return new Head(
        Optional.of(Head.Dense.of("classifier.dense", activation, dropout)),
        dropout,
        "classifier.out_proj");
  }

  @Override
  public Optional<LanguageHead> languageHead() {
    return Optional.of(
        new LanguageHead(
            "lm_head.dense", "lm_head.layer_norm", "lm_head.bias", Optional.of(torch::gelu)));
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("lm_head.");
  }

  @Override
  public String layers() {
    return LayerNames.BERT.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    return new Bert.Layers(
        new Embeddings(c, weights).passingPads(),
        new PostNorm(c, weights, LayerNames.BERT, Scores.Scaled.of(c)),
        LayerNames.BERT);
  }
}
