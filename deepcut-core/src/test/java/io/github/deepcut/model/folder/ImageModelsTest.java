package io.github.deepcut.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.TinyImages;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ImageBatch;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.TensorSource;
import io.github.deepcut.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    read.writeTo(out, model.weights().all());
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
    Preprocessor.requireUncropped(timm);
    assertThat(Preprocessor.read(timm, 3).orElseThrow().normalisation().std())
        .containsExactly(0.2, 0.3, 0.25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"do_rescale": false} | do_rescale is false, expected true
          {"rescale_factor": 1} | rescale_factor is 1, expected 1 / 255
          {"do_flip_channel_order": true} | do_flip_channel_order is true, expected false
          {"do_center_crop": true} | do_center_crop is true, expected none
          {"crop_pct": 0.875} | crop_pct is 0.875, expected none, or false, or 1: images are not
          {"do_normalize": "no"} | do_normalize is "no", expected true or false
          {"image_mean": [0.5]} | expected one number for each channel in both
          {"image_mean": [0.5], "image_std": [0.5]} | image_mean has 1 numbers, but num_channels in config.json is 3
          {"image_std": [0.5, "0.5", 0.5]} | expected finite numbers
          {"image_std": [0.5, 0, 0.5]} | expected finite numbers, those of image_std above 0
          {"size": {"height": -1, "width": 8}} | size is {"height":-1,"width":8}, expected height and width
          """)
  void aProcessorThatDoesMoreIsRefused(String entries, String message) throws IOException {
    write(Naming.HUGGINGFACE);
    ModelFolder model = processed(entries);
    assertThatThrownBy(() -> ImageModels.load(model))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private ModelFolder processed(String entries) throws IOException {
    Path file = folder.resolve(Preprocessor.FILE);
    ObjectNode json = JsonFile.read(file);
    json.setAll((ObjectNode) new ObjectMapper().readTree(entries));
    JsonFile.rewrite(file, json);
    return ModelFolder.read(folder);
  }

  @Test
  void withoutNormalisationPixelsAreTheirShares() throws IOException {
    write(Naming.HUGGINGFACE);
    ImageClassifier model = ImageModels.load(processed("{\"do_normalize\": false}"));
    try (var scope = new PointerScope();
        var weights = model.weights()) {
      Batch batch = model.batch(TinyImages.pictures(1, 3, 1));
      float[] pixels = Tensors.floats(((ImageBatch) batch).pixels());
      assertThat(Tensors.floats(model.input(batch))).containsExactly(pixels);
    }
  }

  /** Images of the size to which the processor would resize them are taken, and no others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"size": 9} | 9 | 9
          {"size": {"shortest_edge": 9}} | 9 | 9
          {"size": {"height": 9, "width": 7}} | 9 | 7
          {"size": 9, "do_resize": false} | 8 | 6
          """)
  void theSizeIsTheProcessors(String entries, int height, int width) throws IOException {
    write(Naming.HUGGINGFACE);
    ImageClassifier model = ImageModels.load(processed(entries));
    try (var weights = model.weights()) {
      assertThat(model.config().expected(new ImageSize(3, 8, 6)))
          .isEqualTo(new ImageSize(3, height, width));
    }
  }

  /** What is trained is written with what was done to its images. */
  @Test
  void anotherSizeIsWrittenWhenItIsTrainedOn() throws IOException {
    write(Naming.HUGGINGFACE);
    ModelFolder base = processed("{\"size\": 224, \"crop_pct\": 0.875}");
    Prepared prepared = ImageModels.prepare(base, DATA, DATA.labels(), Run.of(1));
    Path out = temporary.resolve("out");
    try (var weights = prepared.classifier().weights()) {
      prepared.writeTo(out);
    }
    ImageClassifier again = ImageModels.load(ModelFolder.read(out));
    try (var weights = again.weights()) {
      assertThat(again.config().expected(new ImageSize(3, 224, 224))).isEqualTo(TinyImages.SIZE);
    }
  }

  @ParameterizedTest
  @CsvSource({"layer1.0.se.fc1.weight", "classifier.3.weight"})
  void aTensorThatIsPassedOverIsRefused(String name) {
    write(Naming.HUGGINGFACE);
    ModelFolder base = ModelFolder.read(folder);
    Path more = temporary.resolve("more");
    try (var scope = new PointerScope()) {
      base.writeAs(more, Set.of(), Map.of(name, torch.ones(4)), base.config());
    }
    assertThatThrownBy(() -> ImageModels.load(ModelFolder.read(more)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tensor " + name + " is no part of the model");
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
