package slipway.text;

/**
 * Makes of a text what others may see: nothing in it commands a terminal, and nothing in it is
 * hidden. From any thread.
 *
 * <p>What a code point does follows from its General_Category in the JDK's Unicode, and from these,
 * which the JDK does not tell:
 *
 * <ul>
 *   <li>Default_Ignorable_Code_Point (Unicode Standard Annex 44, DerivedCoreProperties.txt)
 *   <li>Variation_Selector and Prepended_Concatenation_Mark (PropList.txt)
 *   <li>flags of regions, which are written in tags (Unicode Technical Standard 51)
 *   <li>escape sequences (ECMA-48), with what xterm and Linux' console add
 * </ul>
 */
public final class VisibleText {

  /** Marks that are drawn on one letter at most; Burmese needs four. */
  static final int MOST_MARKS = 4;

  private VisibleText() {}

  /**
   * The text that others may see. Tabs and separators of lines become spaces. Escape sequences are
   * left out whole; so are other control characters, those that turn the direction of writing, and
   * all that is not drawn, unless a script or an emoji needs it where it stands. Marks beyond
   * {@value #MOST_MARKS} on one letter are left out. What this JDK's Unicode does not know yet
   * stays. Blanks at both ends are left out.
   *
   * <p>Reading the text again does not change it. In UTF-8 it has at most three bytes for each that
   * was typed.
   *
   * @param unknown what becomes of characters without a public meaning
   * @return the text; empty if nothing of it would be seen
   * @throws NullPointerException if either is null
   */
  public static String of(String typed, Unknown unknown) {
    int length = typed.length();
    for (int i = 0; i < length; i++) {
      char unit = typed.charAt(i);
      if (unit < ' ' || unit > '~') {
        return new TextWriter(length, unknown).write(typed);
      }
    }
    return typed.strip();
  }
}
