/**
 * The texts of configuration files: read into values, and changed without touching what else a
 * person wrote. It knows no disk, no Config Admin and no bundle.
 *
 * <pre>
 *  KeyedText ─▶ Syntax ─┬─ CfgSyntax    PID.cfg     key = value
 *                       └─ TypedSyntax  PID.config  key="value", key=I"1"
 *  IniText                              conf.ini    [section], key = value
 *
 *  Values: what is read, and when two of them are the same
 * </pre>
 */
package slipway.server.config.text;
