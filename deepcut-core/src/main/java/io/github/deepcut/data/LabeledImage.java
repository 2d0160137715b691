package io.github.deepcut.data;

/**
 * An image with its label.
 *
 * @param pixels 0 to 255, unsigned, channel after channel, row after row (C, H, W)
 * @param label the label's name, or null where it is not known (prediction)
 */
public record LabeledImage(String id, byte[] pixels, ImageSize size, String label)
    implements Example {}
