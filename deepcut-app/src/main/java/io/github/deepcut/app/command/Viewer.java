package io.github.deepcut.app.command;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** Shows a file in the user's browser. */
final class Viewer {
  private Viewer() {}

  /** One line for the user: that it is open, or where it is. */
  static String open(Path page) {
    Path file = page.toAbsolutePath().normalize();
    String where = "the report is in " + file + ": open it in a browser";
    if (GraphicsEnvironment.isHeadless()
        || !Desktop.isDesktopSupported()
        || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
      return where;
    }
    try {
      Desktop.getDesktop().browse(file.toUri());
      return "opened " + file;
    } catch (IOException e) {
      return where;
    }
  }
}
