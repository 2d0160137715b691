package io.github.deepcut.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An invented clinic: its notes as CoNLL files, {@code # patient = P-0042} above each note, and the
 * folder of a small BERT to be trained from nothing on them.
 */
public final class Clinic {
  private static final int TRAIN = 240;
  private static final int HELD_OUT = 60;
  private static final int FEWEST_NOTES = 5;
  private static final int MOST_NOTES = 9;
  private static final int SENTENCES = 3;

  /** One patient in so many is there often, and has so many notes. */
  private static final int REGULAR = 40;

  private static final int REGULAR_NOTES = 30;
  private static final int POSITIONS = 64;

  /** A word that is rarer is spelt in pieces, so that the vocabulary holds nobody's surname. */
  private static final int LEAST_FREQUENT = 40;

  private final Words words;
  private int patients;

  private Clinic(Words words) {
    this.words = words;
  }

  /** Where everything lies. */
  public record Laid(Path train, Path holdout, Path test, Path base) {
    static Laid in(Path folder) {
      return new Laid(
          folder.resolve("train.conll"),
          folder.resolve("holdout.conll"),
          folder.resolve("test.conll"),
          folder.resolve("base"));
    }
  }

  /** Writes the notes of three disjoint groups of patients, and the untrained model. */
  public static Laid write(Path folder, Run run) {
    Laid files = Laid.in(folder);
    Clinic clinic = new Clinic(new Words(run.random("clinic")));
    try {
      Files.createDirectories(folder);
      List<Sentence> train = clinic.notes(files.train(), TRAIN);
      clinic.notes(files.holdout(), HELD_OUT);
      clinic.notes(files.test(), HELD_OUT);
      List<String> vocabulary =
          VocabularyBuilder.build(
              train.stream().map(Sentence::text).toList(),
              new VocabularyBuilder.Options(true, LEAST_FREQUENT, 4000));
      VocabularyBuilder.writeTo(files.base(), vocabulary, true, POSITIONS);
      Files.writeString(
          files.base().resolve("config.json"), config(vocabulary.size()).toPrettyString() + "\n");
      return files;
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
  }

  private List<Sentence> notes(Path file, int count) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Sentence> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      patients++;
      int few = FEWEST_NOTES + words.below(MOST_NOTES - FEWEST_NOTES + 1);
      int notes = patients % REGULAR == 0 ? REGULAR_NOTES : few;
      Patient patient = Patient.invent(patients, notes, words);
      Templates about = new Templates(patient, words);
      for (int n = 1; n <= notes; n++) {
        text.append("# id = ").append(patient.id()).append('/').append(n).append('\n');
        text.append("# patient = ").append(patient.id()).append('\n');
        for (int s = 0; s < SENTENCES; s++) {
          Sentence sentence = about.next();
          all.add(sentence);
          text.append(sentence.conll());
        }
      }
    }
    Files.writeString(file, text);
    return all;
  }

  private static ObjectNode config(int vocabulary) {
    return new ObjectMapper()
        .createObjectNode()
        .put("model_type", "bert")
        .put("vocab_size", vocabulary)
        .put("hidden_size", 128)
        .put("num_hidden_layers", 2)
        .put("num_attention_heads", 4)
        .put("intermediate_size", 512)
        .put("max_position_embeddings", POSITIONS)
        .put("initializer_range", 0.05);
  }
}
