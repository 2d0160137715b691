package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.app.doctor.Doctor;
import io.github.deepcut.app.doctor.Finding;
import io.github.deepcut.app.doctor.ModelCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deepcut doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks whether this computer has what deepcut needs, or whether and how a",
      "model can be used, and tells the mend."
    })
final class DoctorCommand extends AbstractCommand {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model to look at, instead of the computer.")
  private Path model;

  @Override
  Answer answer() {
    List<Finding> findings = model == null ? Doctor.examine() : ModelCheck.of(model);
    boolean failed = findings.stream().anyMatch(f -> f.state() == Finding.State.FAIL);
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "doctor").put("ok", !failed);
    ArrayNode list = json.putArray("findings");
    for (Finding f : findings) {
      list.addObject()
          .put("name", f.name())
          .put("state", f.state().name().toLowerCase(Locale.ROOT))
          .put("found", f.found())
          .put("mend", f.mend());
    }
    return new Answer(
        failed ? 1 : 0, json, findings.stream().flatMap(DoctorCommand::lines).toList());
  }

  private static Stream<String> lines(Finding f) {
    String state = String.format("%-4s  ", f.state().name().toLowerCase(Locale.ROOT));
    return Stream.concat(
        Stream.of(state + f.name() + ": " + f.found()),
        Stream.ofNullable(f.mend()).map(mend -> "       " + mend));
  }
}
