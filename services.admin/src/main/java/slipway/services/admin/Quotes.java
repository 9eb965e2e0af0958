package slipway.services.admin;

import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.SyntaxError;

/** Whether a command line ends inside a quoted text, by the word of the shell that will run it. */
final class Quotes {

  private Quotes() {}

  static boolean areOpen(String line) {
    if (line.indexOf('\'') < 0 && line.indexOf('"') < 0) {
      return false;
    }
    try {
      new Parser(line).program();
      return false;
    } catch (EOFError unfinished) {
      return unfinished.missing().endsWith("quote");
    } catch (SyntaxError | StackOverflowError nonsense) {
      return false; // it is refused when it is run
    }
  }
}
