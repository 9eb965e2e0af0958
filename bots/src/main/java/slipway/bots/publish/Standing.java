package slipway.bots.publish;

import java.util.List;

/**
 * How the clients that are in stand to one another: which packets were published, and are not heard
 * yet. A snapshot.
 *
 * @param clients those that are in
 */
record Standing(List<Client> clients) {

  /**
   * One of them.
   *
   * @param number which client it is
   * @param sent how many packets it has published
   * @param next of each publisher, the number that it hears next
   */
  record Client(int number, long sent, long[] next) {}

  /** How many packets have not been heard by somebody; each counts for each client. */
  long missing() {
    long missing = 0;
    for (Client reader : clients) {
      for (Client publisher : clients) {
        if (reader.number() != publisher.number()) {
          missing += Math.max(0, publisher.sent() - reader.next()[publisher.number()]);
        }
      }
    }
    return missing;
  }

  /**
   * How many packets each client has published; 0 for those that are not in.
   *
   * @param all how many clients there are
   */
  long[] sent(int all) {
    long[] sent = new long[all];
    clients.forEach(client -> sent[client.number()] = client.sent());
    return sent;
  }
}
