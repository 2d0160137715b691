package io.github.deepcut.certificate;

import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys of others that the user trusts, in {@code known-keys} of the configuration folder: a
 * line {@code ID BASE64 NAME} each, where BASE64 is the key's SubjectPublicKeyInfo.
 *
 * @param file it need not be there
 */
public record KnownKeys(Path file) {
  private static final int LEAST_DIGITS = 8;

  /**
   * A key.
   *
   * @param name what the user knows it by
   */
  public record Known(PublicKey key, String name) {
    public String id() {
      return PublicKeys.id(key);
    }

    private String line() {
      String spki = Base64.getEncoder().encodeToString(key.getEncoded());
      return id() + " " + spki + " " + FileErrors.oneLine(name) + "\n";
    }
  }

  /**
   * All of them.
   *
   * @throws InputException if the file cannot be read, or a line is not of its form
   */
  public List<Known> all() {
    List<Known> all = new ArrayList<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        all.add(parse(line, all.size() + 1));
      }
      return all;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private Known parse(String line, int number) {
    String[] parts = line.split(" ", 3);
    try {
      Known known = new Known(PublicKeys.decode(Base64.getDecoder().decode(parts[1])), parts[2]);
      if (known.id().equals(parts[0])) {
        return known;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new InputException(file + ":" + number + ": expected a key's id, the key, a name", e);
    }
    throw new InputException(file + ":" + number + ": the id is not that of the key");
  }

  /** The one that is this key. */
  public Optional<Known> find(PublicKey key) {
    return all().stream().filter(known -> known.id().equals(PublicKeys.id(key))).findFirst();
  }

  /** Adds a key, under another name if it is there already. */
  public void add(Known key) {
    List<Known> all = without(known -> known.id().equals(key.id()));
    all.add(key);
    write(all);
  }

  /**
   * Removes a key.
   *
   * @param id of it, or so many of its first digits that no other key has them
   * @throws InputException if that is not the id of one key
   */
  public Known remove(String id) {
    List<Known> found = all().stream().filter(known -> known.id().startsWith(id)).toList();
    if (id.length() < LEAST_DIGITS || found.size() != 1) {
      throw new InputException(
          "'%s': expected the id of a known key, or its first digits, %d or more; %d keys have it"
              .formatted(id, LEAST_DIGITS, id.length() < LEAST_DIGITS ? 0 : found.size()));
    }
    write(without(known -> known.id().startsWith(id)));
    return found.get(0);
  }

  private List<Known> without(Predicate<Known> gone) {
    return new ArrayList<>(all().stream().filter(gone.negate()).toList());
  }

  private void write(List<Known> all) {
    try {
      OwnerOnly.folder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
    StringBuilder text = new StringBuilder();
    all.forEach(known -> text.append(known.line()));
    WholeFile.write(file, text.toString());
  }
}
