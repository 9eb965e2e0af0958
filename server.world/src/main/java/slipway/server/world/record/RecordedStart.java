package slipway.server.world.record;

import java.time.Instant;
import java.util.List;
import slipway.service.Connection;
import slipway.world.SessionMode;
import slipway.world.WorldKind;

/**
 * How a world was when its recording began, between two frames.
 *
 * @param version the version that ran it, for people
 * @param targets the worlds that its sessions can move to
 * @param sessions those in it, in the order of the host
 * @param state what it has saved
 */
public record RecordedStart(
    String service,
    String world,
    String version,
    Instant at,
    int fps,
    WorldKind kind,
    List<String> targets,
    List<Present> sessions,
    byte[] state) {

  /** A session that was there. */
  public record Present(long session, Connection connection, SessionMode mode) {}
}
