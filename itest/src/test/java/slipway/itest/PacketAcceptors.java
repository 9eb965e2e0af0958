package slipway.itest;

import java.io.IOException;

/**
 * Two acceptors of the service of packets: one for servers, and one for old clients, whose packets
 * are disguised.
 *
 * @param lan the port for LAN packets
 * @param net the port for NET packets
 */
record PacketAcceptors(int lan, int net) {

  /** Configures them on ports that are free, for when the host starts. */
  static PacketAcceptors of(UnpackedHost host) throws IOException {
    PacketAcceptors made = new PacketAcceptors(FreePort.next(), FreePort.next());
    host.configure("slipway.acceptor-lan.cfg", "port = " + made.lan + "\nservice = packets\n");
    host.configure("slipway.acceptor-net.cfg", "port = " + made.net + "\nservice = packets\n");
    host.configure("slipway.packet-lan.cfg", "service = packets\nacceptor = lan\nframing = lan\n");
    host.configure(
        "slipway.packet-net.cfg",
        "service = packets\nacceptor = net\nframing = net\ncodec = chained\ncode = 0x77\n"
            + "key = 0x32\n");
    return made;
  }
}
