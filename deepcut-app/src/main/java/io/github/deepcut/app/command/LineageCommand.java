package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.provenance.Lineage;
import io.github.deepcut.run.InputException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deepcut lineage}. */
@Command(
    name = "lineage",
    sortOptions = false,
    description =
        "Tells from which folders, data and settings a model was made, back to the first.")
final class LineageCommand extends AbstractCommand {
  @Parameters(paramLabel = "DIR", description = "A model folder.")
  private Path model;

  @Override
  Answer answer() {
    if (!Files.isDirectory(model)) {
      throw new InputException(model + ": no such directory");
    }
    List<Lineage> chain = chain();
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "lineage");
    ArrayNode list = json.putArray("models");
    chain.forEach(link -> list.addPOJO(link));
    return Answer.done(
        json,
        IntStream.range(0, chain.size())
            .mapToObj(i -> (i == 0 ? "" : "<- ") + text(chain.get(i)))
            .toList());
  }

  private List<Lineage> chain() {
    try {
      return Lineage.of(model);
    } catch (UncheckedIOException e) {
      throw new InputException(e.getMessage(), e);
    } catch (InvalidPathException e) {
      throw new InputException(model + ": a folder of its records is no path: " + e.getReason(), e);
    }
  }

  private static String text(Lineage link) {
    String made =
        link.made().isEmpty() ? "no record of its making" : String.join(", ", link.made());
    return link.folder() + ": " + made + " [" + link.state() + "]";
  }
}
