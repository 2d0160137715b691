package io.github.deepcut.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.TinyImages;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageModelsTest {
  private static final Dataset DATA = TinyImages.dataset(12, 3, 1);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("model"));
  }

  /** A plain ResNet as transformers, or torchvision with such a configuration, would write it. */
  private ImageClassifier write(Naming names) {
    ObjectNode config = TinyImages.resnet("bottleneck", false);
    LabelMap.write(config, Task.IMAGE, DATA.labels());
    ImageClassifier model = TinyImages.classifier(config, names, 3);
    JsonFile.write(folder.resolve("config.json"), config);
    Normalisation by =
        new Normalisation(new double[] {0.4, 0.5, 0.6}, new double[] {0.2, 0.3, 0.25});
    JsonFile.write(folder.resolve(Preprocessor.FILE), Preprocessor.json(by, TinyImages.SIZE));
    List<TensorSource> tensors = new ArrayList<>();
    model.weights().all().forEach((n, t) -> tensors.add(TensorSource.Values.of(n, t)));
    SafeTensors.write(folder.resolve("model.safetensors"), Map.of("format", "pt"), tensors);
    return model;
  }

  @ParameterizedTest
  @EnumSource(Naming.class)
  void aFolderComesBackByteForByte(Naming names) throws IOException {
    ImageClassifier written = write(names);
    ModelFolder read = ModelFolder.read(folder);
    ImageClassifier model = ImageModels.load(read);
    assertThat(model.weights().names()).isEqualTo(written.weights().names());
    assertThat(TinyModels.bits(model.weights())).isEqualTo(TinyModels.bits(written.weights()));
    Path out = temporary.resolve("out");
    read.writeTo(out, model.weights().all(), null);
    for (String file : List.of("config.json", Preprocessor.FILE, "model.safetensors")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @Test
  void namesAreThoseOfTheLibraries() {
    write(Naming.HUGGINGFACE);
    Map<String, TensorEntry> huggingFace = ModelFolder.read(folder).tensors();
    assertThat(huggingFace)
        .containsKeys(
            "resnet.embedder.embedder.convolution.weight",
            "resnet.embedder.embedder.normalization.running_mean",
            "resnet.encoder.stages.0.layers.0.layer.0.convolution.weight",
            "resnet.encoder.stages.1.layers.0.shortcut.normalization.num_batches_tracked",
            "resnet.encoder.stages.1.layers.1.layer.2.normalization.bias",
            "classifier.1.weight");
    assertThat(
            TinyImages.classifier(TinyImages.resnet("basic", false), Naming.TORCHVISION, 3)
                .weights()
                .names())
        .contains(
            "conv1.weight",
            "bn1.running_var",
            "layer1.0.conv1.weight",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.num_batches_tracked",
            "layer2.1.bn2.bias",
            "fc.weight");
  }

  @Test
  void otherLabelsGetAFreshClassifierAndTheRestStays() {
    ImageClassifier written = write(Naming.HUGGINGFACE);
    Prepared prepared =
        ImageModels.prepare(ModelFolder.read(folder), DATA, List.of("a", "b"), Run.of(1));
    Weighted same = new Weighted(prepared.classifier(), written);
    assertThat(same.equal("resnet.embedder.embedder.convolution.weight")).isTrue();
    Path out = temporary.resolve("out");
    prepared.writeTo(out);
    ImageClassifier again = ImageModels.load(ModelFolder.read(out));
    assertThat(again.labels()).containsExactly("a", "b");
    assertThat(again.weights().get("classifier.1.weight").size(0)).isEqualTo(2);
  }

  /** Two models' tensors. */
  private record Weighted(Classifier one, Classifier other) {
    boolean equal(String name) {
      return one.weights().get(name).equal(other.weights().get(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "resnet8"})
  void aNamedArchitectureTakesTheImagesAsTheyAre(String name) {
    ModelFolder start = ImageModels.start(Path.of(name));
    assertThat(start.origin()).isEqualTo(name);
    Prepared prepared = ImageModels.prepare(start, DATA, DATA.labels(), Run.of(1));
    Path out = temporary.resolve("out");
    prepared.writeTo(out);
    ModelFolder written = ModelFolder.read(out);
    assertThat(written.config().path("num_channels").asInt()).isEqualTo(3);
    assertThat(LabelMap.task(written.config())).contains(Task.IMAGE);
    ImageClassifier model = ImageModels.load(written);
    assertThat(TinyModels.bits(model.weights()))
        .isEqualTo(TinyModels.bits(prepared.classifier().weights()));
    assertThat(model.labels()).isEqualTo(DATA.labels());
  }

  @Test
  void timmsConfigurationIsRead() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architecture": "resnet18", "num_classes": 3,
         "pretrained_cfg": {"mean": [0.4, 0.5, 0.6], "std": [0.2, 0.3, 0.25]}}
        """);
    ModelFolder timm = ModelFolder.read(folder);
    assertThat(LabelMap.task(timm.config())).contains(Task.IMAGE);
    assertThat(LabelMap.labels(timm.config(), folder)).containsExactly("0", "1", "2");
    assertThat(Preprocessor.read(timm).orElseThrow().std()).containsExactly(0.2, 0.3, 0.25);
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    assertThatThrownBy(() -> ImageModels.start(Path.of("resnet19")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such directory");
    write(Naming.HUGGINGFACE);
    Files.delete(folder.resolve(Preprocessor.FILE));
    assertThatThrownBy(() -> ImageModels.load(ModelFolder.read(folder)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no preprocessor_config.json");
  }
}
