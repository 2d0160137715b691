package io.github.deepcut.bench.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A process that measures one thing whenever a line comes in, and answers with the seconds. */
final class Worker {
  private static final int WARM_UP = 2;

  private Worker() {}

  public static void main(String[] args) throws IOException {
    Timed timed = timed(args[0]);
    for (int i = 0; i < WARM_UP; i++) {
      timed.once();
    }
    System.out.println("ready");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(timed.seconds());
    }
  }

  private static Timed timed(String what) {
    Shape shape = Shape.BERT_BASE;
    return switch (what) {
      case "train-bf16" -> Steps.train(shape, true);
      case "train-fp32" -> Steps.train(shape, false);
      case "unlearn-bf16" -> Steps.unlearn(shape, true);
      case "unlearn-fp32" -> Steps.unlearn(shape, false);
      case "products-bf16" -> new MatrixProducts(shape, true);
      case "products-fp32" -> new MatrixProducts(shape, false);
      case "djl" -> new DjlStep(shape);
      default -> throw new IllegalArgumentException("no measurement named " + what);
    };
  }
}
