package slipway.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a grammar's object that says what the value of a parameter could be, of what is
 * there now. It has no parameter, or one: the text that is typed of the word. It returns a
 * collection of whole words, in the order in which they are to be shown; those that do not begin as
 * the word does are left out.
 *
 * <p>A person has pressed TAB and waits, so it answers at once or within a second. If it throws
 * there are no candidates. Words that are always the same need no such method: a parameter names
 * them by picocli's {@code completionCandidates}, and constants of an enum come by themselves.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CandidatesFor {

  /** The labels of the parameters, as the help of the command shows them. */
  String[] value();
}
