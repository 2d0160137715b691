package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** One run of the command, in this process. */
record Cli(int status, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Cli run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] strings = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int status = Main.run(strings, new PrintWriter(out), new PrintWriter(err));
    return new Cli(status, out.toString(), err.toString());
  }

  /** The same, expected to go well. */
  static Cli done(Object... args) {
    Cli cli = run(args);
    assertThat(cli.status()).as(cli.err()).isZero();
    return cli;
  }

  /** Standard output, which must be one JSON object and nothing else. */
  JsonNode json() throws IOException {
    try (var parser = JSON.createParser(out)) {
      JsonNode node = JSON.readTree(parser);
      assertThat(node.isObject()).as(out).isTrue();
      assertThat(parser.nextToken()).as("behind the object").isNull();
      return node;
    }
  }
}
