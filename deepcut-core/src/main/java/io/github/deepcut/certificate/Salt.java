package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secret that turns ids into hashes: 32 random bytes, new for each certificate, in hexadecimal
 * in a file beside the model folder. Who has it can tell by trying which ids were forgotten.
 *
 * <p>The file is called after the salt's own hash, so that two never take each other's place: a new
 * one is on the disk before its folder gets its name, and the one of a folder that was replaced
 * goes after that.
 */
public final class Salt {
  private static final int DIGITS = 16;

  private Salt() {}

  public static byte[] fresh() {
    byte[] salt = new byte[Hashes.BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Where the salt of this hash lies: {@code DIR.certificate.DIGITS.salt}. */
  public static Path beside(Path folder, String saltSha256) {
    Path target = folder.toAbsolutePath().normalize();
    String digits = saltSha256.substring(0, DIGITS);
    return target.resolveSibling(target.getFileName() + ".certificate." + digits + ".salt");
  }

  /** Where that of the certificate in a folder lies; none where no certificate can be read. */
  public static Optional<Path> of(Path folder) {
    Path file = folder.resolve(Fingerprint.CERTIFICATE);
    try {
      return Files.exists(file)
          ? Optional.of(beside(folder, Certificate.read(file).predicate().ids().saltSha256()))
          : Optional.empty();
    } catch (IllegalArgumentException | InputException e) {
      return Optional.empty();
    }
  }

  /** Writes it beside a folder, for its owner alone; it is on the disk when this returns. */
  public static Path write(Path folder, byte[] salt) {
    Path file = beside(folder, Hashes.hex(Hashes.of(salt)));
    try {
      OwnerOnly.write(file, Hashes.hex(salt) + "\n");
      return file;
    } catch (FileAlreadyExistsException e) {
      return file; // of that name there is but one content
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  /** Deletes one that belongs to no folder any more. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
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
