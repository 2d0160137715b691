package io.github.deepcut.unlearn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a method's record what it is for, for {@code deepcut methods}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface About {
  /** {@return what the method does to a model, in a line} */
  String what();

  /** {@return where it is published; empty where it is nobody's} */
  String source() default "";
}
