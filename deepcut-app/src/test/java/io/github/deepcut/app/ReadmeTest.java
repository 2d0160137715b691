package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.certificate.Verification;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the documentation is compiled and run as it stands there. */
class ReadmeTest {
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theSnippetCompilesAndForgets() throws Exception {
    FineTunedModel.open(forgotten("README.md", "Forget")).close();
  }

  @Test
  void theCertifyingOneCertifies() throws Exception {
    Path out = forgotten("docs/java.md", "Certify");
    Path kept = folder.resolve(out.getFileName() + "-retrained");
    Path original = folder.resolve("model");
    Verification found = Verification.of(out.resolve("certificate.json"), null);
    assertThat(found.model(out).original(original).retrained(kept).differences()).isEmpty();
  }

  /** What the program of a page made of the tiny model. */
  private Path forgotten(String page, String program) throws Exception {
    Matcher found = SNIPPET.matcher(Files.readString(Path.of("..").resolve(page)));
    assertThat(found.find()).as("a snippet in " + page).isTrue();
    Path source = Files.writeString(folder.resolve(program + ".java"), found.group(1));
    String[] javac = {
      "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), source.toString()
    };
    int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, javac);
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
      loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) args);
    }
    return out;
  }
}
