package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.FineTunedModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README is compiled and run as it stands there. */
class ReadmeTest {
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void theSnippetCompilesAndForgets(@TempDir Path folder) throws Exception {
    Matcher found = SNIPPET.matcher(Files.readString(Path.of("../README.md")));
    assertThat(found.find()).as("a snippet in the README").isTrue();
    Path source = Files.writeString(folder.resolve("Forget.java"), found.group(1));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(status).as("javac").isZero();

    Tiny tiny = Tiny.in(folder);
    Path out = folder.resolve("forgotten");
    String[] args = {
      tiny.tagger("model").toString(),
      tiny.path("train.conll").toString(),
      tiny.path("holdout.conll").toString(),
      out.toString(),
      "patient = 'P-0'"
    };
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("Forget").getMethod("main", String[].class).invoke(null, (Object) args);
    }
    FineTunedModel.open(out).close();
  }
}
