package slipway.server.profile.top;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import slipway.server.profile.jfr.Owner;

/**
 * Shares out what each thread has used, of processor time or of memory, among the owners of the
 * code that it was seen in. So what is shown adds up to what was used, however many samples there
 * are, and a sample that was lost takes nothing away. Not thread-safe.
 */
final class Shares {

  private final Map<Long, Long> usedBefore;

  /** What threads have used while they were seen nowhere: it waits for their next sample. */
  private final Map<Long, Long> pending = new HashMap<>();

  private final Map<Long, List<Sample>> samples = new HashMap<>();
  private final Map<Long, List<Sample>> hints = new HashMap<>();
  private final Map<Owner, Long> used = new HashMap<>();

  private record Sample(Owner owner, long weight) {}

  /**
   * Makes it.
   *
   * @param usedBefore what each thread has used until now, by its id
   */
  Shares(Map<Long, Long> usedBefore) {
    this.usedBefore = new HashMap<>(usedBefore);
  }

  /**
   * A thread was seen in somebody's code.
   *
   * @param weight what it stands for; it has used that much if the thread has ended, so that nobody
   *     knows better
   */
  void sample(long thread, Owner owner, long weight) {
    add(samples, thread, new Sample(owner, weight));
  }

  /** A thread was in somebody's code by other signs, which count if it gets no sample. */
  void hint(long thread, Owner owner) {
    add(hints, thread, new Sample(owner, 1));
  }

  private static void add(Map<Long, List<Sample>> all, long thread, Sample sample) {
    all.computeIfAbsent(thread, first -> new ArrayList<>()).add(sample);
  }

  /**
   * Shares out what was used until now.
   *
   * @param usedNow what each living thread has used until now, by its id
   */
  void share(Map<Long, Long> usedNow) {
    usedNow.forEach(
        (thread, now) -> {
          Long before = usedBefore.put(thread, now);
          pending.merge(thread, now - (before == null ? 0 : before), Long::sum);
        });
    usedBefore.keySet().retainAll(usedNow.keySet());
    samples.forEach(this::share);
    samples.clear();
    hints.keySet().retainAll(pending.keySet());
    hints.forEach(this::share);
    hints.clear();
    pending.forEach(
        (thread, amount) -> {
          if (!usedNow.containsKey(thread)) {
            used.merge(Owner.HOST, amount, Long::sum);
          }
        });
    pending.keySet().retainAll(usedNow.keySet());
  }

  /** No sample stands for more than its thread has used, as the first one may of memory. */
  private void share(long thread, List<Sample> seen) {
    Long known = pending.remove(thread);
    long most = known == null || known == 0 ? Long.MAX_VALUE : known;
    double weights = seen.stream().mapToLong(each -> Math.min(each.weight(), most)).sum();
    long amount = most == Long.MAX_VALUE ? (long) weights : known;
    for (Sample each : seen) {
      double part = Math.min(each.weight(), most) / weights;
      used.merge(each.owner(), Math.round(amount * part), Long::sum);
    }
  }

  /** What each owner has used; what was seen nowhere is the host's until it is seen. */
  Map<Owner, Long> used() {
    Map<Owner, Long> all = new HashMap<>(used);
    all.merge(Owner.HOST, pending.values().stream().mapToLong(Long::longValue).sum(), Long::sum);
    return all;
  }
}
