package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from the command line: train, unlearn a class, verify, predict, audit. */
class ImagesTest {
  @TempDir Path folder;

  /** Grey 8 × 8 pictures, each class bright in a row of its own. */
  private Path pictures(String name, long seed) throws IOException {
    return pictures(name, seed, 8);
  }

  /** The same, of {@code side} × {@code side} pixels and, of every second, twice that. */
  private Path pictures(String name, long seed, int side) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int c = 0; c < 3; c++) {
      Path of = Files.createDirectories(folder.resolve(name).resolve("row" + c));
      for (int i = 0; i < 20; i++) {
        int n = side > 8 && i % 2 == 1 ? 2 * side : side;
        BufferedImage image = new BufferedImage(n, n, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < n * n; p++) {
          int grey = random.nextInt(120) + (p / n * 8 / n == c ? 130 : 0);
          image.getRaster().setSample(p % n, p / n, 0, grey);
        }
        ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
      }
    }
    return folder.resolve(name);
  }

  @Test
  void aClassIsLearntAndForgotten() throws IOException {
    Path train = pictures("train", 1);
    Path test = pictures("test", 2);
    Path model = learnt(train);
    JsonNode before = Cli.done("predict", "--model", model, "--input", test, "--json").json();
    assertThat(before.path("accuracy").asDouble()).isGreaterThan(90);

    Path out = folder.resolve("out");
    JsonNode report = Cli.done(unlearn(model, train, test, out)).json();
    JsonNode forget = report.path("metrics").path("forget_accuracy");
    assertThat(forget.path("original").asDouble()).isGreaterThan(90);
    assertThat(forget.path("retrained").asDouble()).isZero();
    assertThat(forget.path("unlearned").asDouble()).isLessThan(30);
    Cli.done("verify", out.resolve("certificate.json"), "--model", out);
    assertThat(Cli.done("lineage", out).out()).contains(model.toString());
    assertThat(Cli.run(audit(model, train, test, out)).status()).isIn(0, 3);
    assertThat(folder.resolve("audit/report.html")).isNotEmptyFile();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains(".tmp-"));
    }
  }

  /** A small network, trained. */
  private Path learnt(Path train) {
    Path model = folder.resolve("model");
    Object[] learn = {
      "train",
      "--task",
      "image",
      "--model",
      "cnn",
      "--data",
      train,
      "--epochs",
      12,
      "--batch-size",
      10,
      "--out",
      model
    };
    Cli.done(learn);
    return model;
  }

  private Object[] unlearn(Path model, Path train, Path test, Path out) throws IOException {
    return new Object[] {
      "unlearn",
      "--model",
      model,
      "--data",
      train,
      "--forget-class",
      "row1",
      "--method",
      "contrastive-unlearning",
      "--holdout",
      pictures("holdout", 3),
      "--eval",
      test,
      "--retrain",
      "--out",
      out,
      "--json"
    };
  }

  private Object[] audit(Path model, Path train, Path test, Path out) {
    return new Object[] {
      "audit",
      "--model",
      out,
      "--original",
      model,
      "--data",
      train,
      "--forget-class",
      "row1",
      "--eval",
      test,
      "--quick",
      "--out",
      folder.resolve("audit")
    };
  }

  @Test
  void imagesOfSeveralSizesAreResizedAlikeFromTrainingToReplay() throws IOException {
    Path train = pictures("train", 1, 16);
    Path holdout = pictures("holdout", 3, 16);
    Path model = folder.resolve("model");
    Object[] unsized = {
      "train", "--task", "image", "--model", "cnn", "--data", train, "--epochs", 4, "--out", model
    };
    assertThat(Cli.run(unsized).status()).isEqualTo(2);
    Object[] learn = {
      "train",
      "--task",
      "image",
      "--model",
      "cnn",
      "--data",
      train,
      "--image-size",
      8,
      "--augment",
      "--epochs",
      4,
      "--batch-size",
      10,
      "--out",
      model
    };
    Cli.done(learn);
    JsonNode recipe = new ObjectMapper().readTree(model.resolve("deepcut.json").toFile());
    assertThat(recipe.path("recipe").path("augment").asBoolean()).isTrue();
    assertThat(recipe.path("recipe").path("imageSize").asInt()).isEqualTo(8);
    Cli.done("predict", "--model", model, "--input", holdout); // resized as in training
    assertThat(Cli.run("predict", "--model", model, "--input", holdout, "--image-size", 9).err())
        .contains("an image of 9 × 9 pixels in grey, the model takes 8 × 8");

    Path out = folder.resolve("out");
    Object[] unlearn = {
      "unlearn",
      "--model",
      model,
      "--data",
      train,
      "--forget",
      "id = 'row1/0.png'",
      "--holdout",
      holdout,
      "--retrain",
      "--out",
      out,
      "--json"
    };
    JsonNode report = Cli.done(unlearn).json();
    assertThat(report.path("method").asText()).isEqualTo("deepcut");
    Object[] replay = {
      "verify", out.resolve("certificate.json"), "--model", out, "--replay", "--data", train
    };
    assertThat(Cli.done(replay).out()).contains("every tensor is the same");
  }
}
