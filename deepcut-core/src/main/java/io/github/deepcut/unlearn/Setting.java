package io.github.deepcut.unlearn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a component of a method's record is, for {@code deepcut methods NAME}. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** {@return what it does, in a line} */
  String value();

  /** {@return what it may be, where it is a number; the constructor holds to it} */
  Range range() default Range.LISTED;

  /** What a setting may be. */
  enum Range {
    /** One of the values of its type: a constant of an enum, true or false. */
    LISTED(""),
    /** A number above 0. */
    POSITIVE("> 0"),
    /** A number from 0 on. */
    NOT_NEGATIVE(">= 0"),
    /** A number from 0 to 1. */
    SHARE("0 to 1"),
    /** A number above 0 and at most 1. */
    POSITIVE_SHARE("> 0 to 1"),
    /** A whole number from 1 on. */
    AT_LEAST_ONE(">= 1");

    private final String text;

    Range(String text) {
      this.text = text;
    }

    /** {@return the range in signs; empty where the values are listed} */
    public String text() {
      return text;
    }
  }
}
