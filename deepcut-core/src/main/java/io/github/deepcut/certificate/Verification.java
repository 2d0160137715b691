package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a certificate: offline, without libtorch.
 *
 * @param file the certificate
 * @param certificate what it says; null where its signature or its form is wrong
 * @param key the signer's; null likewise
 * @param differences what does not hold, a line each
 */
public record Verification(
    Path file, Certificate certificate, PublicKey key, List<String> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }

  /**
   * Checks signature, key and proofs.
   *
   * @param trustedOrNull whose signature it must be; null: that of the key which it names itself
   */
  public static Verification of(Path file, PublicKey trustedOrNull) {
    try {
      Certificate certificate = Certificate.read(file);
      PublicKey key = key(certificate);
      List<String> wrong = signature(certificate, key, trustedOrNull);
      if (!wrong.isEmpty()) {
        return refused(file, wrong);
      }
      return new Verification(
          file, certificate, key, prefixed(file, certificate.predicate().ids().check()));
    } catch (IllegalArgumentException e) {
      return refused(file, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Verification refused(Path file, List<String> wrong) {
    return new Verification(file, null, null, prefixed(file, wrong));
  }

  private static List<String> prefixed(Path file, List<String> lines) {
    return lines.stream()
        .map(line -> file.getFileName() + ": " + FileErrors.oneLine(line))
        .toList();
  }

  private static PublicKey key(Certificate certificate) {
    String text = certificate.predicate().signer().publicKey();
    return PublicKeys.decode(Base64.getDecoder().decode(text));
  }

  private static List<String> signature(Certificate certificate, PublicKey key, PublicKey trusted) {
    String id = PublicKeys.id(key);
    List<Envelope.Signature> signatures = certificate.envelope().signatures();
    List<String> wrong = new ArrayList<>();
    if (signatures.size() != 1 || certificate.envelope().signers(List.of(key)).isEmpty()) {
      wrong.add("signature: it is not that of key " + id + " over this payload: one was changed");
    } else if (!id.equals(signatures.get(0).keyId())) {
      wrong.add("keyid: is " + signatures.get(0).keyId() + ", but the key's is " + id);
    } else if (!id.equals(certificate.predicate().signer().keyId())) {
      wrong.add("signer: key_id is not that of its public_key, " + id);
    } else if (trusted != null && !PublicKeys.id(trusted).equals(id)) {
      wrong.add(
          "signature: made by key %s, not by the key given, %s"
              .formatted(id, PublicKeys.id(trusted)));
    }
    return wrong;
  }

  /** Whether all that was looked at is as the certificate says, whoever signed that. */
  public boolean isUnchanged() {
    return differences.isEmpty();
  }

  /** With the unlearned model checked: its files, its tensors, and that it holds nothing else. */
  public Verification model(Path folder) {
    return certificate == null
        ? this
        : folder(folder, certificate.after()).and(ownCertificate(folder));
  }

  /** In the folder may lie the certificate that is checked, and no other. */
  private List<String> ownCertificate(Path folder) {
    Path there = folder.resolve(Fingerprint.CERTIFICATE);
    try {
      return !Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
              || Files.mismatch(file, there) < 0
          ? List.of()
          : List.of(there + ": is not the certificate that is checked");
    } catch (IOException e) {
      throw FileErrors.unreadable(there, e);
    }
  }

  /**
   * With the original checked: its files and tensors, and that its record names the training data
   * that the certificate says it names.
   */
  public Verification original(Path folder) {
    if (certificate == null) {
      return this;
    }
    Verification checked = folder(folder, certificate.before());
    String named = trainedOn(folder.resolve(Fingerprint.RECORD));
    String said = certificate.predicate().data().trainedOn();
    return Objects.equals(named, said)
        ? checked
        : checked.and(
            List.of(
                "%s: the SHA-256 of its training data is %s in its record, %s in the certificate"
                    .formatted(folder, named, said)));
  }

  private static String trainedOn(Path record) {
    try {
      return Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
          ? StrictJson.read(Files.readAllBytes(record)).path("dataSha256").asText(null)
          : null;
    } catch (IOException e) {
      throw FileErrors.unreadable(record, e);
    } catch (IllegalArgumentException e) {
      throw new InputException(record + ": " + e.getMessage(), e);
    }
  }

  /** With the retrained model checked, with which the figures compare. */
  public Verification retrained(Path folder) {
    if (certificate == null) {
      return this;
    }
    Predicate.Retrained said = certificate.predicate().retrained();
    String found = Fingerprint.ofModel(folder);
    return said != null && said.fingerprint().equals(found)
        ? this
        : and(
            List.of(
                "%s: its fingerprint is %s, the certificate compares with %s"
                    .formatted(folder, found, said == null ? "none" : said.fingerprint())));
  }

  private Verification folder(Path folder, Map<String, String> expected) {
    FolderHashes found = FolderHashes.of(folder);
    List<String> wrong = new ArrayList<>(found.broken());
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.hashes().keySet());
    for (String name : names) {
      String here = found.hashes().get(name);
      String there = expected.get(name);
      if (here == null) {
        wrong.add(describe(folder, name) + ": is missing");
      } else if (there == null) {
        wrong.add(describe(folder, name) + ": the certificate knows no such thing");
      } else if (!here.equals(there)) {
        wrong.add(
            "%s: its SHA-256 is %s, the certificate says %s"
                .formatted(describe(folder, name), here, there));
      }
    }
    return and(wrong);
  }

  private static String describe(Path folder, String name) {
    String file = FolderHashes.file(name);
    return folder
        + File.separator
        + (file == null ? name : file + ": tensor " + name.substring(file.length() + 1));
  }

  /** With further differences. */
  public Verification and(List<String> more) {
    List<String> all = new ArrayList<>(differences);
    all.addAll(more);
    return new Verification(file, certificate, key, all);
  }
}
