package slipway.server.world;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import slipway.world.World;

/**
 * Saves a world, makes another one of that, and saves that: both are to be the same. The world
 * itself is as before.
 */
final class SaveCheck {

  private final HostWorld world;
  private final HostContext context;
  private final Map<HostSession, Object> attachments = new IdentityHashMap<>();

  SaveCheck(HostWorld world, HostWorlds worlds) {
    this.world = world;
    this.context =
        new HostContext(
            world, new Realm("", worlds.directory(), version -> "saved again", any -> null));
  }

  /**
   * Does it.
   *
   * @throws AssertionError if they are not the same
   */
  void run() {
    world.members().forEach(this::detach);
    try {
      byte[] saved = saved(world.tenure().world());
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
      World loaded = world.tenure().service().load(context, in);
      if (in.available() > 0) {
        throw wrong("of what it saves, this many bytes are not read: " + in.available());
      }
      byte[] again = saved(loaded);
      if (!Arrays.equals(saved, again)) {
        throw wrong(
            "saved again, it differs from byte %d on (%d bytes, then %d)"
                .formatted(Arrays.mismatch(saved, again), saved.length, again.length));
      }
    } catch (Exception failed) {
      throw new AssertionError("world " + world.name() + ": " + Work.line(failed), failed);
    } finally {
      attachments.forEach(HostSession::attach);
    }
  }

  private void detach(Membership member) {
    attachments.put(member.session(), member.session().attached());
    member.session().attach(null);
  }

  private static byte[] saved(World state) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      state.save(out);
    }
    return bytes.toByteArray();
  }

  private AssertionError wrong(String what) {
    return new AssertionError("world " + world.name() + ": " + what);
  }
}
