package io.github.deepcut.report.page;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A chart shrunk to 48 x 32 grey pixels. Fonts differ from computer to computer; at that size what
 * they change is small, while a curve, bar or axis that is missing or elsewhere is not. A chart's
 * own size is set by its script alone.
 */
record Thumbnail(BufferedImage image) {
  /** The greatest mean difference of a pixel, of 255. Two different charts are at 8 or more. */
  static final double TOLERANCE = 4;

  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  /** Of the chart of a kind on the page that is open; left in {@code target/report} too. */
  static Thumbnail of(Chromium browser, String kind) throws Exception {
    String rectangle =
        "(() => { const r = document.querySelector('[data-chart=%s] svg').getBoundingClientRect();"
            + " return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height} })()";
    byte[] png = browser.screenshot(browser.evaluate(rectangle.formatted(kind)));
    BufferedImage shot = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = small.createGraphics();
    Image scaled = shot.getScaledInstance(WIDTH, HEIGHT, Image.SCALE_AREA_AVERAGING);
    graphics.drawImage(scaled, 0, 0, null);
    graphics.dispose();
    Path folder = Files.createDirectories(Path.of("target", "report", "charts"));
    ImageIO.write(small, "png", folder.resolve(kind + ".png").toFile());
    return new Thumbnail(small);
  }

  /** The mean difference of a pixel from the reference for a kind of chart, of 255. */
  double difference(String kind) throws IOException {
    try (InputStream in = Thumbnail.class.getResourceAsStream(kind + ".png")) {
      if (in == null) {
        throw new IOException(
            "no reference " + kind + ".png; the picture is in target/report/charts");
      }
      return difference(new Thumbnail(ImageIO.read(in)));
    }
  }

  private double difference(Thumbnail other) {
    double sum = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        sum += Math.abs(grey(image, x, y) - grey(other.image, x, y));
      }
    }
    return sum / (WIDTH * HEIGHT);
  }

  private static int grey(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0);
  }
}
