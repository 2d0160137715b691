package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.KnownKeys;
import io.github.deepcut.certificate.KnownKeys.Known;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deepcut trust}. */
@Command(
    name = "trust",
    sortOptions = false,
    description =
        "Lists the keys whose certificates deepcut verify takes; adds one, received from its owner"
            + " by another way than the certificate, or removes one. Your own counts unasked.")
final class TrustCommand extends AbstractCommand {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "A public key (PEM) to add.")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to know it by (default: the file's name).")
  private String name;

  @Option(
      names = "--remove",
      paramLabel = "ID",
      description = "The id of a key, or its first digits, 8 or more.")
  private String remove;

  @Override
  Answer answer() {
    if ((file != null && remove != null) || (name != null && file == null)) {
      throw new InputException("give a FILE, with --name or without, or --remove ID");
    }
    Keys keys = Keys.ofUser();
    KnownKeys known = keys.known();
    List<String> lines = new ArrayList<>();
    if (file != null) {
      Known added = new Known(Keys.readOpen(file), name());
      known.add(added);
      lines.add("trusted from now on: " + line(added));
      lines.add("compare the id with one that its owner published elsewhere");
    } else if (remove != null) {
      lines.add("not trusted any more: " + line(known.remove(remove)));
    } else {
      known.all().forEach(k -> lines.add(line(k)));
      if (lines.isEmpty()) {
        lines.add("no keys but your own are trusted: deepcut trust FILE adds one");
      }
    }
    return Answer.done(json(known.all()), lines);
  }

  private String name() {
    return name == null ? file.getFileName().toString() : name;
  }

  private static String line(Known known) {
    return known.id() + "  " + known.name();
  }

  private static ObjectNode json(List<Known> all) {
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "trust");
    ArrayNode list = json.putArray("known");
    all.forEach(known -> list.addObject().put("id", known.id()).put("name", known.name()));
    return json;
  }
}
