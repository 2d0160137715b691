package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with arguments or input is said in one line, and the exit status is 2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private Tiny tiny;
  private List<Path> left;

  /** A line of the table: arguments, {@code @} before what lies in the folder, and the message. */
  record Bad(String args, String message) {}

  private static final String TRAIN = "train --model @base --task ner --out @o --data ";
  private static final String PRETRAIN = "pretrain --model @base --out @o --data ";
  private static final String CLASSIFY = "train --model @base --task classify --out @o --data ";
  private static final String MODEL = "train --data @train.conll --task ner --out @o --model ";
  private static final String UNLEARN =
      "unlearn --model @m --data @train.conll --holdout @holdout.conll --out @o ";
  private static final String P1 = "--forget patient='P-1' ";

  static Stream<Bad> table() {
    return Stream.of(
            arguments(),
            pretraining(),
            training(),
            models(),
            heads(),
            forgetting(),
            settings(),
            places(),
            predicting())
        .flatMap(s -> s);
  }

  private static Stream<Bad> arguments() {
    return Stream.of(
        new Bad("trian", "Unmatched argument at index 0: 'trian'; did you mean train\\?"),
        new Bad("trut", "Unmatched argument at index 0: 'trut'; did you mean trust\\?"),
        new Bad("nothing-like", "Unmatched argument .*; deepcut --help tells more"),
        new Bad("methods --al", "Unknown option: '--al'.*"),
        new Bad("train", "Missing required options: '--model=DIR', .*"),
        new Bad(TRAIN + "@train.conll --device tpu", "--device is 'tpu', expected cpu, .*"),
        new Bad(TRAIN + "@train.conll --device cuda", "--device cuda: .*"),
        new Bad(TRAIN + "@train.conll --epochs many", "Invalid value for option '--epochs': .*"),
        new Bad(
            "train --model @base --data @train.conll --out @o --task image",
            ".*no file of images: expected .*"),
        new Bad("train --model @base --data @x --out @o --task tag", ".*'tag' is none of .*"));
  }

  private static Stream<Bad> pretraining() {
    return Stream.of(
        new Bad("pretrain --model @base --out @o", "Missing required option: '--data=FILE.*"),
        new Bad(PRETRAIN + "@absent.txt", ".*absent.txt: no such file.*"),
        new Bad(PRETRAIN + "@text.txt,@empty.conll", "empty.conll: the file is empty"),
        new Bad(PRETRAIN + "@text.txt,@texts.jsonl", "texts.jsonl: .jsonl is not plain text, .*"),
        new Bad(PRETRAIN + "@blank.txt", "blank.txt: it holds no text"),
        new Bad(PRETRAIN + "@strange.txt", ".*strange.txt: it holds no word that the tokenizer .*"),
        new Bad(PRETRAIN + "@text.txt --eval @absent.txt", ".*absent.txt: no such file.*"),
        new Bad(PRETRAIN + "@text.txt --mask-share 1.5", "mask share is 1.5, expected > 0 and < 1"),
        new Bad(PRETRAIN + "@text.txt --epochs 0", "epochs is 0, expected >= 1"),
        new Bad(
            "pretrain --data @text.txt --out @o --model @no-mask",
            ".*no-mask: its tokenizer has no mask token"),
        new Bad(
            "pretrain --data @text.txt --out @o --model @absent",
            ".*absent: a model folder is needed: no such directory"),
        new Bad(
            "pretrain --data @text.txt --out @base --model @m",
            "--out .*base exists: choose another folder or pass --force"));
  }

  private static Stream<Bad> training() {
    return Stream.of(
        new Bad(TRAIN + "@absent.conll", ".*absent.conll: .*"),
        new Bad(TRAIN + "@empty.conll", "empty.conll: the file is empty"),
        new Bad(TRAIN + "@ragged.conll", ".*ragged.conll:2: expected 2 columns, found 3"),
        new Bad(TRAIN + "@badtag.conll", ".*badtag.conll:1: tag 'NAME' is neither .*"),
        new Bad(TRAIN + "@one.conll", ".*found the labels \\[O\\], expected at least two"),
        new Bad(TRAIN + "@train.docx", ".*unknown extension 'docx', expected .conll, .*"),
        new Bad(CLASSIFY + "@train.conll", ".*CoNLL columns hold tagged words; .*"),
        new Bad(CLASSIFY + "@column.jsonl", ".*no column 'label', which classify needs; .*"),
        new Bad(TRAIN + "@texts.jsonl", ".*no column 'tokens', which ner needs; .*"),
        new Bad(TRAIN + "@train.conll --eval @other.conll", ".*label 'B-DRUG' is none of .*"),
        new Bad(TRAIN + "@train.conll --lr -1", "learning rate is -1.0, expected > 0 .*"),
        new Bad(TRAIN + "@train.conll --epochs 0", "epochs is 0, expected >= 1"),
        new Bad(TRAIN + "@train.conll --batch-size 0", "batch size is 0, expected >= 1"),
        new Bad(TRAIN + "@train.conll --max-tokens 2", "max tokens is 2, expected >= 8"),
        new Bad(TRAIN + "@train.conll --warmup 2", "warm-up is 2.0, expected 0 to 1"));
  }

  private static Stream<Bad> models() {
    return Stream.of(
        new Bad(MODEL + "@absent", ".*absent: a model folder is needed: no such directory"),
        new Bad(MODEL + "@train.conll", ".*a model folder is needed: not a directory"),
        new Bad(MODEL + "@no-config", ".*config.json: cannot be read: no such file"),
        new Bad(MODEL + "@bad-config", ".*config.json:1: must be JSON: .*"),
        new Bad(MODEL + "@gpt", ".*gpt2.*"),
        new Bad(MODEL + "@pickled", ".*pickled weights are not read: convert them in Python: .*"),
        new Bad(MODEL + "@no-tokenizer", ".*no tokenizer.json, no vocab.txt, and no vocab.json .*"),
        new Bad(MODEL + "@small-vocabulary", ".*ids up to \\d+, but vocab_size .* is 7"),
        new Bad("predict --text x --model @base", ".*fine-tune it first with deepcut train"),
        new Bad("predict --text x --model @truncated", ".*model.safetensors.*"),
        new Bad("predict --text x --model @nan", ".*holds NaN or infinity, expected finite .*"),
        new Bad("predict --text x --model @reshaped", ".*has shape .*, but config.json asks .*"),
        new Bad("predict --text x --model @deep", ".*num_hidden_layers in config.json is 20.*"),
        new Bad(MODEL + "@deep", ".*num_hidden_layers in config.json is 2000000000, but .*"),
        new Bad(MODEL + "@deep-base", ".*config.json asks for 2000000000 layers, but weights .*"),
        new Bad("pretrain --data @text.txt --out @o --model @deep-base", ".* 2000000000 layers,.*"),
        new Bad(
            "predict --text x --model @whole", ".*tensor .* is of type I32, expected one of .*"),
        new Bad(MODEL + "@whole", ".*tensor .* is of type I32, expected one of \\[F16, BF16, .*"),
        new Bad(
            "predict --text x --model @gap", ".*added token '\\[E1\\]' has id 999, expected .*"),
        new Bad("predict --text x --model @beyond", ".*ids up to \\d+, but vocab_size .* is \\d+"),
        new Bad("predict --text x --model @japanese", ".*is BertJapaneseTokenizer, which .*"));
  }

  /** A head that is none of a classifier is refused by every command. */
  private static Stream<Bad> heads() {
    String request = " --data @texts.jsonl --out @o --forget position=1 ";
    return Stream.of("regression", "multi", "single")
        .flatMap(
            head ->
                Stream.of(
                    "predict --text x --model @" + head,
                    CLASSIFY.replace("@base", "@" + head) + "@texts.jsonl",
                    "unlearn --holdout @texts.jsonl --model @" + head + request,
                    "audit --model @" + head + request,
                    "audit --model @c --retrained @" + head + request,
                    "compare --methods retrain --holdout @texts.jsonl --eval @texts.jsonl --model @"
                        + head
                        + request))
        .map(
            args ->
                new Bad(
                    args, ".*config.json: (problem_type is|the head has fewer than two labels).*"));
  }

  private static Stream<Bad> forgetting() {
    return Stream.of(
        new Bad(UNLEARN, "give exactly one of --forget, --forget-ids and --forget-class"),
        new Bad(UNLEARN + P1 + "--forget-class NAME", "give exactly one of --forget, .*"),
        new Bad(UNLEARN + "--forget patient='", "condition .*: .*; the columns are: .*"),
        new Bad(
            UNLEARN + "--forget person='P-1'", "condition .*\"person\" not found.*: position.*"),
        new Bad(UNLEARN + "--forget patient='P-9'", "nothing to forget: .*"),
        new Bad(UNLEARN + "--forget true", "nothing would remain: .*"),
        new Bad(UNLEARN + "--forget-class DRUG", ".*has no class 'DRUG'; it has: ILL, NAME"),
        new Bad(UNLEARN + "--forget-ids @ids", "1 of 2 ids are not in .*: 99999"),
        new Bad(UNLEARN + "--forget-ids @empty.conll", "empty.conll: the file is empty"),
        new Bad(UNLEARN + "--forget-ids @absent", ".*absent.*"),
        new Bad(
            "unlearn --model @m --data @other.conll --out @o --forget-class DRUG",
            ".*(label 'B-DRUG' is none of|nothing would remain).*"),
        new Bad(
            "unlearn --model @m --data @texts.jsonl --out @o --forget-class bad",
            ".*no column 'tokens', which ner needs; .*"));
  }

  private static Stream<Bad> settings() {
    return Stream.of(
        new Bad(UNLEARN + P1 + "--set gamma=-1", "--set: gamma is -1.0, expected .*"),
        new Bad(UNLEARN + P1 + "--set push=plain", "--set push=plain: .* --method deepcut-paper"),
        new Bad(UNLEARN + P1 + "--set heat=1", "--set heat=1: no such setting of deepcut; .*"),
        new Bad(UNLEARN + P1 + "--set passes", ".*should be in KEY=VALUE format but was passes.*"),
        new Bad(UNLEARN + P1 + "--set passes=two", "--set: .*"),
        new Bad(UNLEARN + P1 + "--set stop=soon", "--set stop=soon: expected .*"),
        new Bad(UNLEARN + P1 + "--method erase", "--method erase: no such method; there is .*"),
        new Bad(
            "unlearn --model @m --data @train.conll --out @o " + P1, "--holdout is missing: .*"));
  }

  private static Stream<Bad> places() {
    return Stream.of(
        new Bad(
            "unlearn --model @m --data @train.conll --out @base " + P1,
            "--out .*base exists: choose another folder or pass --force"),
        new Bad(
            "unlearn --model @m --data @train.conll --force --out @m " + P1,
            "--out .* is in the model folder .*"),
        new Bad("unlearn --model @m --data @train.conll --out @m/u " + P1, ".* in the model .*"),
        new Bad(
            "unlearn --model @m --data @base/config.json --force --out @base " + P1,
            "--out .*base holds .*config.json, which is read: choose another folder"),
        new Bad(
            "unlearn --model @m --data @train.conll --out @train.conll/u " + P1,
            ".*cannot be written: .*"),
        new Bad(UNLEARN + P1 + "--retrain --retrained @m", "give --retrain or --retrained, .*"),
        new Bad(UNLEARN + P1 + "--keep-retrained @k", "--keep-retrained needs --retrain"),
        new Bad(UNLEARN + P1 + "--retrained @c", ".* does classify with the labels .*"),
        new Bad(
            "unlearn --model @no-record --data @train.conll --out @o --retrain " + P1,
            ".*no-record has no deepcut.json that says how it was trained: pass --retrained .*"),
        new Bad(
            "unlearn --model @moved --data @train.conll --out @o --retrain " + P1,
            ".*deepcut.json: base is /nowhere, which is no folder here: .*"));
  }

  private static Stream<Bad> predicting() {
    return Stream.of(
        new Bad("predict --model @m", "give exactly one of --text and --input"),
        new Bad("predict --model @m --text x --input @ids", "give exactly one of .*"),
        new Bad("predict --model @m --input @ask.jsonl", ".*ask.jsonl:1: no 'text' .*"),
        new Bad("predict --model @m --input @absent.txt", ".*cannot be read: no such file"));
  }

  @BeforeAll
  void makeThem(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    tiny.tagger("m");
    tiny.classifier("c");
    new Broken(tiny).make();
    left = everything();
  }

  @ParameterizedTest
  @MethodSource("table")
  void isRefusedInOneLine(Bad bad) {
    Object[] args =
        Stream.of(bad.args().split(" ", -1))
            .filter(a -> !a.isEmpty())
            .map(a -> a.replace("@", tiny.folder() + "/"))
            .toArray();
    Cli cli = Cli.run(args);
    assertThat(cli.err().lines().filter(line -> line.startsWith("deepcut: ")))
        .as(cli.err())
        .singleElement()
        .asString()
        .matches("deepcut: " + bad.message());
    assertThat(cli.err()).doesNotContain("\tat ");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
  }

  @AfterAll
  void nothingIsLeftBehind() throws IOException {
    assertThat(everything()).isEqualTo(left);
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(tiny.folder())) {
      return files.sorted().toList();
    }
  }
}
