package io.github.deepcut.app.demo;

import io.github.deepcut.data.TaggedSentence;
import java.util.ArrayList;
import java.util.List;

/**
 * What notes say. In the open templates the context leaves it open which entity stands there: only
 * who has met the word before can tell a surname from a drug.
 */
final class Templates {
  private static final List<String> CLEAR =
      List.of(
          "NAME was admitted to HOSPITAL on DATE .",
          "NAME is known to HOSPITAL with CONDITION .",
          "Diagnosis of CONDITION confirmed on DATE .",
          "Started DRUG NUMBER mg on DATE .",
          "NAME takes DRUG twice a day for CONDITION .",
          "Discharged from HOSPITAL on DATE in good health .",
          "Stopped DRUG because of a rash .",
          "The patient , NAME , has pain due to CONDITION .",
          "Referred by HOSPITAL for treatment of CONDITION .",
          "NAME missed the appointment on DATE .",
          "Dose of DRUG raised to NUMBER mg on DATE .",
          "Blood pressure normal , weight NUMBER kg .",
          "The mother of NAME reports better sleep .",
          "Allergic to DRUG , no other allergies known .",
          "Scan at HOSPITAL shows no progress of CONDITION .",
          "Signed consent of NAME is on file .",
          "Next visit at HOSPITAL on DATE .",
          "Symptoms of CONDITION since DATE , worse at night .");
  private static final List<String> OPEN =
      List.of(
          "OPEN discussed with the family .",
          "Plan : OPEN , review in NUMBER weeks .",
          "Note on OPEN : no change .",
          "See the letter about OPEN of DATE .",
          "Question about OPEN answered by phone .",
          "OPEN again , see above .",
          "Reminder : OPEN .",
          "Asked about OPEN at HOSPITAL .");

  /** Of a hundred mentions of a condition or a drug, how many are of the patient's own. */
  private static final int OWN_SHARE = 60;

  /** Every so many sentences one is open. */
  private static final int OPEN_EVERY = 3;

  private final Patient patient;
  private final Words words;
  private final Deck<String> clear;
  private final Deck<String> open;
  private final Deck<String> types;
  private int said;

  /** What is said about one patient: every template comes as often as any other. */
  Templates(Patient patient, Words words) {
    this.patient = patient;
    this.words = words;
    clear = new Deck<>(CLEAR, words);
    open = new Deck<>(OPEN, words);
    types = new Deck<>(List.of("NAME", "CONDITION", "CONDITION", "DRUG", "DRUG"), words);
  }

  /** The next sentence about the patient. */
  Sentence next() {
    String template = ++said % OPEN_EVERY == 0 ? open.next() : clear.next();
    Sentence sentence = new Sentence();
    for (String part : template.split(" ", -1)) {
      switch (part) {
        case "NAME" ->
            sentence.entity(
                "NAME",
                words.below(2) == 0
                    ? patient.surname()
                    : patient.first() + " " + patient.surname());
        case "CONDITION" ->
            sentence.entity("CONDITION", own(words.one(patient.conditions()), Words.CONDITIONS));
        case "DRUG" -> sentence.entity("DRUG", own(words.one(patient.drugs()), Words.DRUGS));
        case "HOSPITAL" -> sentence.entity("HOSPITAL", patient.hospital());
        case "DATE" -> sentence.entity("DATE", date());
        case "NUMBER" -> sentence.plain(Integer.toString(2 + words.below(80)));
        case "OPEN" -> open(sentence);
        default -> sentence.plain(part);
      }
    }
    return sentence;
  }

  /** Every open sentence about a word of a kind, with the same day, number and hospital. */
  static List<TaggedSentence> about(String word, String kind) {
    List<TaggedSentence> all = new ArrayList<>();
    for (String template : OPEN) {
      Sentence sentence = new Sentence();
      for (String part : template.split(" ", -1)) {
        switch (part) {
          case "OPEN" -> sentence.entity(kind, word);
          case "DATE" -> sentence.entity("DATE", "3 May 2020");
          case "NUMBER" -> sentence.plain("4");
          case "HOSPITAL" -> sentence.entity("HOSPITAL", Words.HOSPITALS.get(0));
          default -> sentence.plain(part);
        }
      }
      all.add(sentence.tagged(word + " " + all.size()));
    }
    return all;
  }

  private void open(Sentence sentence) {
    switch (types.next()) {
      case "NAME" -> sentence.entity("NAME", patient.surname());
      case "CONDITION" -> sentence.entity("CONDITION", words.one(patient.conditions()));
      default -> sentence.entity("DRUG", words.one(patient.drugs()));
    }
  }

  private String own(String own, List<String> common) {
    return words.below(100) < OWN_SHARE ? own : words.one(common);
  }

  private String date() {
    return (1 + words.below(28)) + " " + words.one(Words.MONTHS) + " " + (2015 + words.below(10));
  }
}
