package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A session that has named an account, and is on its way in. */
final class Visitor {

  /** No session has this number. */
  static final long NOBODY = 0;

  private final long session;
  private long account;
  private String name = "";
  private long awaited = NOBODY;
  private long until;

  Visitor(long session) {
    this.session = session;
  }

  /** Its password is right. */
  void enters(long number, String accountName) {
    account = number;
    name = accountName;
  }

  /** It waits until another session has left, but not longer than up to a frame. */
  void waitFor(long other, long frame) {
    awaited = other;
    until = frame;
  }

  /** It waits no longer. */
  void goOn() {
    awaited = NOBODY;
    until = 0;
  }

  long session() {
    return session;
  }

  /** 0 as long as its password is being compared. */
  long account() {
    return account;
  }

  String name() {
    return name;
  }

  boolean waits() {
    return awaited != NOBODY;
  }

  /** The session that it waits for; {@link #NOBODY} if it does not wait. */
  long awaited() {
    return awaited;
  }

  /** In which frame it has waited long enough. */
  long until() {
    return until;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(session);
    out.writeLong(account);
    out.writeUTF(name);
    out.writeLong(awaited);
    out.writeLong(until);
  }

  static Visitor load(DataInput saved) throws IOException {
    Visitor visitor = new Visitor(saved.readLong());
    visitor.enters(saved.readLong(), saved.readUTF());
    visitor.waitFor(saved.readLong(), saved.readLong());
    return visitor;
  }
}
