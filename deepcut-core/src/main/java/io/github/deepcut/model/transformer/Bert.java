package io.github.deepcut.model.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** BERT (Devlin et al. 2018, arXiv 1810.04805). */
public record Bert() implements Family {
  static EncoderConfig config(JsonNode c) {
    return EncoderConfig.Values.of(c, Map.of()).with(new Bert());
  }

  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public String className() {
    return "Bert";
  }

  @Override
  public String prefix() {
    return "bert.";
  }

  @Override
  public List<Parameter> parameters(EncoderConfig c) {
    List<Parameter> out = new ArrayList<>(Embeddings.parameters(c));
    out.addAll(PostNorm.parameters(c, LayerNames.BERT));
    return out;
  }

  @Override
  public Head head(Task task, EncoderConfig c) {
    return task == Task.NER
        ? Head.linear(c.headDropout())
        : Head.of("bert.pooler.dense", Tensor::tanh, c.headDropout());
  }

  @Override
  public Optional<LanguageHead> languageHead() {
    return Optional.of(
        new LanguageHead(
            "cls.predictions.transform.dense",
            "cls.predictions.transform.LayerNorm",
            "cls.predictions.bias",
            Optional.empty()));
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("cls.");
  }

  @Override
  public String layers() {
    return LayerNames.BERT.layers();
  }

  @Override
  public Parts over(EncoderConfig c, Weights weights) {
    return new Layers(
        new Embeddings(c, weights),
        new PostNorm(c, weights, LayerNames.BERT, Scores.Scaled.of(c)),
        LayerNames.BERT);
  }

  /** BERT's embeddings, then post-norm layers. */
  record Layers(Embeddings embeddings, PostNorm layers, LayerNames names) implements Parts {
    @Override
    public Tensor embed(Tensor words, TextBatch batch, boolean training) {
      return embeddings.of(words, batch, training);
    }

    @Override
    public Tensor layer(int number, Tensor x, TextBatch batch, boolean training) {
      return layers.layer(names.layer(number), x, batch, training);
    }

    @Override
    public Tensor items(int number, Tensor x, TextBatch batch, boolean training) {
      return layers.items(names.layer(number), x, batch, training);
    }
  }
}
