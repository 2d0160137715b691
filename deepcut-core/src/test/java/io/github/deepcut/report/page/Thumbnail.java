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
 * A chart shrunk to 48 x 32 grey pixels. Its texts are hidden before, as fonts differ from computer
 * to computer, and its size is set by its script alone.
 */
record Thumbnail(BufferedImage image) {
  /** The greatest mean difference of a pixel, of 255. A chart without its data has a greater. */
  static final double TOLERANCE = 1;

  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  /** Of the chart of a kind on the page that is open. */
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
    return new Thumbnail(small);
  }

  /** Leaves it in {@code target/report/charts}. */
  void save(String kind) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "report", "charts"));
    ImageIO.write(image, "png", folder.resolve(kind + ".png").toFile());
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
