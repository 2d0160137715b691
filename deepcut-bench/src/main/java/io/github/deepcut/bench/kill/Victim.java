package io.github.deepcut.bench.kill;

import java.util.ArrayList;
import java.util.List;

/**
 * A command that is killed. {@code OUT} in its words stands for the output, which {@code --resume}
 * follows where it can be gone on from.
 *
 * @param resumes whether it keeps checkpoints
 * @param grows whether its output grows piece by piece: started again, it goes on
 */
record Victim(String name, List<String> words, boolean resumes, boolean grows) {
  private static final String TRAIN = "train --model base --data train.conll --task ner --lr 3e-3";
  private static final String FORGET = " --data train.conll --eval test.conll --forget";
  private static final String PATIENT = "patient = 'P-1'";

  /** What the others need, made before. */
  static List<Victim> preparations() {
    return List.of(
        plain("model", TRAIN + " --epochs 3 --out model"),
        plain("ensemble", TRAIN + " --epochs 3 --shards 2 --slices 2 --out ensemble"));
  }

  /** All commands that write. */
  static List<Victim> all() {
    return List.of(
        resuming("train", TRAIN + " --eval test.conll --epochs 40 --patience 0 --out OUT"),
        resuming(
            "pretrain",
            "pretrain --model base --data train.txt --eval test.txt --epochs 40 --patience 0"
                + " --out OUT"),
        forgetting(
            resuming(
                "unlearn",
                "unlearn --model model --holdout holdout.conll --method deepcut-paper --set passes=40"
                    + " --allow-collapse --set stop=never --retrain --out OUT"
                    + FORGET)),
        forgetting(plain("audit", "audit --model model --original model --out OUT" + FORGET)),
        forgetting(
            plain(
                "audit-shadows",
                "audit --model model --original model --quick --shadows 1 --jobs 1 --cache OUT.pool"
                    + " --out OUT"
                    + FORGET)),
        forgetting(
            new Victim(
                "compare",
                List.of(
                    ("compare --model model --holdout holdout.conll --methods fine-tune,scrub"
                            + " --seeds 1 --trials 2 --out OUT"
                            + FORGET)
                        .split(" ", -1)),
                false,
                true)),
        plain("train-shards", TRAIN + " --epochs 3 --shards 2 --slices 2 --out OUT"),
        forgetting(plain("sisa", "unlearn --model ensemble --method sisa --out OUT" + FORGET)),
        plain("demo", "demo --dir OUT"));
  }

  private static Victim plain(String name, String words) {
    return new Victim(name, List.of(words.split(" ", -1)), false, false);
  }

  private static Victim resuming(String name, String words) {
    String often = words.replace("--out", "--checkpoint-seconds 0 --out");
    return new Victim(name, List.of(often.split(" ", -1)), true, false);
  }

  /** With the condition, which holds blanks, as its last word. */
  private static Victim forgetting(Victim of) {
    List<String> words = new ArrayList<>(of.words());
    words.add(PATIENT);
    return new Victim(of.name(), words, of.resumes(), of.grows());
  }

  /** The words with an output. */
  List<String> arguments(String out, boolean again) {
    List<String> all = new ArrayList<>();
    words.forEach(word -> all.add(word.replace("OUT", out)));
    if (again && resumes) {
      all.add("--resume");
    }
    return all;
  }
}
