package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.app.doctor.Doctor;
import io.github.deepcut.app.doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code deepcut doctor}. */
@Command(
    name = "doctor",
    description = "Looks whether this computer has what deepcut needs, and tells the mend.")
final class DoctorCommand extends AbstractCommand {
  @Override
  Answer answer() {
    List<Finding> findings = Doctor.examine();
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
    String text = findings.stream().map(DoctorCommand::line).collect(Collectors.joining("\n"));
    return new Answer(failed ? 1 : 0, json, text);
  }

  private static String line(Finding f) {
    String mend = f.mend() == null ? "" : "\n       " + f.mend();
    return String.format("%-4s  ", f.state().name().toLowerCase(Locale.ROOT))
        + f.name()
        + ": "
        + f.found()
        + mend;
  }
}
