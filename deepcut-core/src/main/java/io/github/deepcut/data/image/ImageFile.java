package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.run.InputException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a PNG or JPEG file to 8 bits a channel. It is grey if it is stored as grey, or with a
 * palette of greys. Transparency is dropped: a pixel has the colour that it would have if it were
 * opaque. EXIF's orientation is not applied.
 */
final class ImageFile {
  private final String name;

  private ImageFile(String name) {
    this.name = name;
  }

  /**
   * @param name for messages
   */
  static Pixels read(Path path, String name) {
    ImageFile file = new ImageFile(name);
    try (ImageInputStream in = new MemoryCacheImageInputStream(Files.newInputStream(path))) {
      BufferedImage image = file.decode(in);
      return isGrey(image.getColorModel()) ? grey(image) : coloured(image);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // decoders let both out at damaged bytes
      throw file.wrong("it cannot be decoded: " + e.getMessage(), e);
    }
  }

  private BufferedImage decode(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    ImageReader reader = readers.hasNext() ? readers.next() : null;
    if (reader == null || !reader.getFormatName().toLowerCase(Locale.ROOT).matches("png|jpeg")) {
      throw wrong("neither PNG nor JPEG", null);
    }
    try {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener((from, warning) -> refuseDamaged(warning));
      if (Math.max(reader.getWidth(0), reader.getHeight(0)) > Pixels.MAX_SIDE) {
        throw wrong(
            "%d × %d pixels, expected at most %d in each direction"
                .formatted(reader.getWidth(0), reader.getHeight(0), Pixels.MAX_SIDE),
            null);
      }
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** The JPEG decoder fills what is missing with grey, and merely warns. */
  private void refuseDamaged(String warning) {
    if (warning.toLowerCase(Locale.ROOT).matches(".*(premature|truncated|corrupt).*")) {
      throw wrong("it is damaged: " + warning, null);
    }
  }

  private static boolean isGrey(ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      for (int i = 0; i < palette.getMapSize(); i++) {
        if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
          return false;
        }
      }
      return true;
    }
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** The samples as they are stored; {@code getRGB} would bend the scale of greys. */
  private static Pixels grey(BufferedImage image) {
    ImageSize size = new ImageSize(1, image.getHeight(), image.getWidth());
    byte[] values = new byte[size.values()];
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int most = (1 << image.getColorModel().getComponentSize(0)) - 1;
    for (int y = 0, next = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int value =
            palette
                ? image.getRGB(x, y) & 255
                : Math.round(image.getRaster().getSample(x, y, 0) * 255f / most);
        values[next++] = (byte) value;
      }
    }
    return new Pixels(values, size);
  }

  private static Pixels coloured(BufferedImage image) {
    ImageSize size = new ImageSize(3, image.getHeight(), image.getWidth());
    int plane = size.height() * size.width();
    byte[] values = new byte[size.values()];
    int[] row = new int[size.width()];
    for (int y = 0, next = 0; y < size.height(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int rgb : row) {
        values[next] = (byte) (rgb >> 16);
        values[next + plane] = (byte) (rgb >> 8);
        values[next++ + 2 * plane] = (byte) rgb;
      }
    }
    return new Pixels(values, size);
  }

  private InputException wrong(String message, Exception cause) {
    return new InputException(name + ": " + message.replaceAll("\\s+", " "), cause);
  }
}
