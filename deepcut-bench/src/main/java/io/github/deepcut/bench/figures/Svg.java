package io.github.deepcut.bench.figures;

import java.util.Locale;

/** A plain SVG in the making; coordinates in pixels from the upper left. */
final class Svg {
  private final int width;
  private final int height;
  private final StringBuilder body = new StringBuilder();

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    path(String.format(Locale.ROOT, "M%.0f %.1fL%.0f %.1f", x1, y1, x2, y2), colour, 1);
  }

  /** Strokes with round ends, so that a line of no length is a dot. */
  void path(String d, String colour, double width) {
    body.append(
        String.format(
            Locale.ROOT,
            "<path d=\"%s\" stroke=\"%s\" stroke-width=\"%.1f\"/>\n",
            d,
            colour,
            width));
  }

  void text(double x, double y, String text, String anchor) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }

  String titled(String title) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <title>%s</title>
        <rect width="100%%" height="100%%" fill="#fff"/>
        <g fill="none" stroke-linecap="round" stroke-linejoin="round">
        %s</g>
        </svg>
        """
        .formatted(width, height, title, body.toString().replace("<text ", "<text fill=\"#222\" "));
  }
}
