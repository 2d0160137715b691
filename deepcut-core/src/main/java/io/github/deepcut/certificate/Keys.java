package io.github.deepcut.certificate;

import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.provenance.SigningKey;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.function.Function;

/**
 * Where keys are. A user's own lies in {@code signing-key.pem} (PKCS#8, readable by its owner
 * alone) of the configuration folder, the public one to give away in {@code signing-key.pub.pem}
 * beside it.
 *
 * @param folder the configuration folder
 */
public record Keys(Path folder) {
  private static final String SECRET = "signing-key.pem";
  private static final String OPEN = "signing-key.pub.pem";

  /**
   * The user's: {@code $DEEPCUT_CONFIG}, else {@code deepcut} in {@code $XDG_CONFIG_HOME}, {@code
   * %APPDATA%} or {@code ~/.config}.
   */
  public static Keys ofUser() {
    String own = System.getenv("DEEPCUT_CONFIG");
    if (own != null && !own.isBlank()) {
      return new Keys(Path.of(own));
    }
    for (String variable : new String[] {"XDG_CONFIG_HOME", "APPDATA"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        return new Keys(Path.of(value, "deepcut"));
      }
    }
    return new Keys(Path.of(System.getProperty("user.home"), ".config", "deepcut"));
  }

  /** The keys of others that the user trusts. */
  public KnownKeys known() {
    return new KnownKeys(folder.resolve("known-keys"));
  }

  /** Whether this is the user's own key: nobody else's needs to be told from it. */
  public boolean isOwn(PublicKey key) {
    return Files.exists(open()) && PublicKeys.id(readOpen(open())).equals(PublicKeys.id(key));
  }

  /** Where the public key lies. */
  public Path open() {
    return folder.resolve(OPEN);
  }

  /** The user's key, made at first use. */
  public SigningKey own() {
    Path file = folder.resolve(SECRET);
    if (!Files.exists(file)) {
      SigningKey made = SigningKey.generate();
      try {
        OwnerOnly.folder(folder);
        OwnerOnly.write(file, made.toPem());
      } catch (FileAlreadyExistsException e) {
        return own(); // another run made one meanwhile
      } catch (IOException e) {
        throw FileErrors.unwritable(file, e);
      }
    }
    SigningKey own = read(file);
    if (!Files.exists(open())) {
      WholeFile.write(open(), PublicKeys.toPem(own.open()));
    }
    return own;
  }

  /**
   * A private key: PEM, PKCS#8.
   *
   * @throws InputException if the file holds none
   */
  public static SigningKey read(Path file) {
    return parse(file, SigningKey::parse);
  }

  /**
   * A public key: PEM.
   *
   * @throws InputException if the file holds none
   */
  public static PublicKey readOpen(Path file) {
    return parse(file, PublicKeys::parse);
  }

  private static <T> T parse(Path file, Function<String, T> parser) {
    try {
      return parser.apply(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + FileErrors.oneLine(e.getMessage()), e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
