package slipway.server.world;

import java.util.HashMap;
import java.util.Map;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.server.world.record.Input;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.SessionMode;
import slipway.world.World;
import slipway.world.WorldKind;

/**
 * Tells a world what another one was told. Confined to the thread in which the world is.
 *
 * @param gone sessions that have left, and are not released
 */
record Retelling(World state, RehearsalContext context, Map<Long, RehearsalSession> gone) {

  Retelling(World state, RehearsalContext context) {
    this(state, context, new HashMap<>());
  }

  /**
   * Tells it one thing.
   *
   * @throws Exception as the world does
   */
  void tell(Input input) throws Exception {
    switch (input) {
      case Input.Joined joined -> join(joined);
      case Input.Said(long session, byte[] packet) -> {
        if (context.find(session) != null) {
          state.packet(context.find(session), PacketReader.of(packet));
        }
      }
      case Input.Silent(long session) -> {
        if (context.find(session) != null) {
          state.timeout(context.find(session));
        }
      }
      case Input.Lost(long session) -> {
        if (context.find(session) != null) {
          context.find(session).lost(true);
          state.lost(context.find(session));
        }
      }
      case Input.Resumed(long session) -> {
        if (context.find(session) != null) {
          context.find(session).lost(false);
          state.resumed(context.find(session));
        }
      }
      case Input.Message(String from, byte[] message) ->
          state.message(from, PacketReader.of(message));
      case Input.Answer(String tag, byte[] answer) -> state.answer(tag, PacketReader.of(answer));
      case Input.NoAnswer(String tag, String reason) -> state.noAnswer(tag, reason);
      case Input.Stepped(Frame real) ->
          state.update(new Frame(real.number(), real.nanos(), real.missed(), true));
      case Input.Left(long session, Leaving why) -> leave(session, why);
      case Input.Released(long session) -> release(session);
    }
  }

  private void join(Input.Joined joined) throws Exception {
    RehearsalSession joining =
        new RehearsalSession(
            joined.session(), joined.connection(), joined.mode(), context.witness());
    context.add(joining);
    if (!state.join(joining, PacketReader.of(joined.ticket()))) {
      joining.close(PacketEnd.REFUSED);
      context.remove(joining.id());
    }
  }

  private void leave(long session, Leaving why) {
    RehearsalSession leaving = context.find(session);
    if (leaving == null) {
      return;
    }
    leaving.become(why == Leaving.MOVED ? SessionMode.AUTH_TO_GAME : logout());
    try {
      state.leave(leaving, why);
    } finally {
      context.remove(session);
      leaving.attach(null);
      if (why == Leaving.GONE) {
        gone.put(session, leaving);
      }
    }
  }

  private SessionMode logout() {
    return context.kind() == WorldKind.AUTH
        ? SessionMode.LOGOUT_IN_AUTH
        : SessionMode.LOGOUT_IN_GAME;
  }

  private void release(long session) {
    RehearsalSession released = gone.remove(session);
    if (released != null) {
      released.become(SessionMode.NONE);
      state.released(released);
    }
  }
}
