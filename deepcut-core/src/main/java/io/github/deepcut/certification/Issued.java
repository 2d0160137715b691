package io.github.deepcut.certification;

import io.github.deepcut.certificate.Salt;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A certificate that was written into a model folder.
 *
 * @param key who signed it
 * @param salt the secret of its id hashes, 32 bytes, which {@link #commit} lays beside the folder
 */
public record Issued(SigningKey key, byte[] salt) {

  /**
   * Gives the folder its name. At every moment the folder of that name has its salt: the new one is
   * on the disk before, and the one of a folder that is replaced goes after.
   *
   * @param folder that the certificate was written into
   * @param progress where to say who signed and where the salt is
   * @throws InputException if the name was taken meanwhile; it says where folder and salt are kept
   */
  public void commit(OutputFolder folder, Progress progress) {
    folder.requireUnchanged(); // else there will be no folder for the salt to lie beside
    Optional<Path> replaced = Salt.of(folder.target());
    Path file = Salt.write(folder.target(), salt);
    try {
      folder.commit();
    } catch (InputException e) {
      throw new InputException(e.getMessage() + ", the salt of its certificate in " + file, e);
    }
    progress.say(
        "certified by key %s; the salt of its hashes is in %s: give it to auditors alone"
            .formatted(PublicKeys.id(key.open()), file));
    replaced.ifPresent(Salt::delete);
  }

  /**
   * Gives a folder without a certificate its name; the salt of one that it replaces goes.
   *
   * @param folder of an unlearned model
   */
  public static void commitWithout(OutputFolder folder) {
    Optional<Path> replaced = Salt.of(folder.target());
    folder.commit();
    replaced.ifPresent(Salt::delete);
  }
}
