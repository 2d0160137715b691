package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Libtorch;
import io.github.deepcut.tensor.Weights;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Makes masked language models out of HuggingFace model folders. */
public final class LanguageModels {
  private LanguageModels() {}

  /**
   * A model to be trained and the folder that it came from.
   *
   * @param config {@code config.json} to write
   */
  public record Prepared(MaskedLanguageModel model, ObjectNode config, ModelFolder base) {
    /**
     * Writes a folder of a {@code …ForMaskedLM}: encoder and head, the pooler that a sentence
     * classifier may start from, and the files beside the weights. Other heads are left out.
     */
    public void writeTo(Path target) {
      StoredTensors names = StoredTensors.of(base, model.config().family());
      String pooler = names.bare() ? "pooler." : names.prefix() + "pooler.";
      try (var scope = new PointerScope()) {
        Map<String, Tensor> all = new LinkedHashMap<>(model.weights().all());
        base.tensors().keySet().stream()
            .filter(name -> name.startsWith(pooler))
            .forEach(
                name -> all.put(names.bare() ? names.prefix() + name : name, base.tensor(name)));
        base.writeAs(target, base.tensors().keySet(), all, config);
      }
    }
  }

  /**
   * The folder's encoder with the folder's head, or with a fresh one, which it says. A folder
   * without weights gets fresh ones throughout.
   *
   * @throws InputException if the decoder is not tied to the word embeddings, or tensors are
   *     missing or do not fit
   */
  public static Prepared prepare(ModelFolder folder, Run run) {
    ObjectNode config = folder.config();
    EncoderConfig shape = EncoderConfig.of(config);
    if (!Fields.flag(config, "tie_word_embeddings", true)) {
      throw new InputException(
          folder.path()
              + ": tie_word_embeddings in config.json is false,"
              + " expected a decoder tied to the word embeddings");
    }
    config.remove("problem_type"); // of a head that is left behind
    config.putArray("architectures").add(shape.family().className() + "ForMaskedLM");
    return new Prepared(build(folder, shape, run), config, folder);
  }

  private static MaskedLanguageModel build(ModelFolder folder, EncoderConfig shape, Run run) {
    StoredTensors names = StoredTensors.of(folder, shape.family());
    names.requireSize(shape);
    Set<String> used = new HashSet<>();
    SplittableRandom random = run.random("weights");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    boolean freshHead = false;
    try (var scope = new PointerScope()) {
      List<Parameter> wanted = MaskedLanguageModel.parameters(shape);
      names.requireFreshSize(wanted);
      Libtorch.load();
      for (Parameter p : wanted) {
        String stored = names.stored(p.name());
        if (stored != null) {
          used.add(stored);
        }
        boolean ofHead = MaskedLanguageModel.isOfHead(shape.family(), p.name());
        if (stored != null) {
          tensors.put(names.written(p.name(), stored), names.read(stored, p.shape()));
        } else if (ofHead || !folder.hasWeights()) {
          tensors.put(p.name(), p.fresh(shape.initializerRange(), random));
          freshHead |= ofHead;
        } else {
          throw new InputException(folder.path() + ": no tensor " + p.name() + " in the weights");
        }
      }
      Set<String> left =
          UnusedTensors.of(folder, used, UnusedTensors.harmless(names, shape.family()));
      UnusedTensors.tell(UnusedTensors.leaveBehind(names, shape, left), run);
      if (freshHead && folder.hasWeights()) {
        run.progress().say("a fresh language-model head is added");
      }
      return new MaskedLanguageModel(shape, Weights.of(tensors));
    }
  }
}
