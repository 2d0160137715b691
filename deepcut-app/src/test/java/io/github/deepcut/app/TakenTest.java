package io.github.deepcut.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks is told what is taken; the certificate and the model's record are not. */
class TakenTest {
  @Test
  void whatIsTakenIsNamedButNotCertified(@TempDir Path folder) throws IOException {
    Tiny tiny = Tiny.in(folder);
    Path out = folder.resolve("out");
    Cli cli = Cli.done(tiny.unlearn(tiny.tagger("model"), out, "--json"));
    assertThat(cli.err().indexOf("patient: 'P-1' (12 rows)"))
        .isBetween(cli.err().indexOf("ids: 12, 13, 14, 15, 16 and 7 more"), cli.err().length());
    assertThat(cli.json().at("/taken/columns/patient").toString())
        .isEqualTo("{\"distinct\":1,\"first\":[{\"value\":\"P-1\",\"rows\":12}]}");
    assertThat(cli.json().at("/taken/first_ids").toString())
        .isEqualTo("[\"12\",\"13\",\"14\",\"15\",\"16\"]");
    String signed =
        new ObjectMapper()
            .readTree(out.resolve("certificate.json").toFile())
            .get("payload")
            .asText();
    assertThat(new String(Base64.getDecoder().decode(signed), UTF_8))
        .contains("\"copies\"")
        .doesNotContain("P-1", "taken", "patient");
    assertThat(Files.readString(out.resolve("deepcut.json"))).doesNotContain("P-1", "patient");
  }
}
