package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The secret that turns ids into hashes: 32 random bytes, new for each certificate, in hexadecimal
 * in a file beside the model folder. Who has it can tell by trying which ids were forgotten.
 */
public final class Salt {
  private Salt() {}

  public static byte[] fresh() {
    byte[] salt = new byte[Hashes.BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Where that of a model folder's certificate lies: {@code DIR.certificate.salt}. */
  public static Path beside(Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    return target.resolveSibling(target.getFileName() + ".certificate.salt");
  }

  /** Writes it, for its owner alone, in place of one that may be there. */
  public static void write(Path file, byte[] salt) {
    try {
      Files.deleteIfExists(file);
      OwnerOnly.write(file, Hashes.hex(salt) + "\n");
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  /**
   * Reads it.
   *
   * @throws InputException if the file does not hold 64 hexadecimal digits
   */
  public static byte[] read(Path file) {
    try {
      return Hashes.parse(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": expected 64 hexadecimal digits", e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
