package dev.howdah.internal.engine;

import dev.howdah.error.ServerReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Those who hear the notices of one held connection, whichever statement they belong to. */
final class Notices {
  private final List<NoticeRelay> relays = new CopyOnWriteArrayList<>();

  void add(NoticeRelay relay) {
    relays.add(relay);
  }

  void tell(ServerReport notice) {
    relays.forEach(relay -> relay.accept(notice));
  }

  /** The same work, which ends when they have heard all that came during it. */
  <T> Mono<T> before(Mono<T> work) {
    return relays.isEmpty() ? work : Mono.defer(() -> heard(work));
  }

  private <T> Mono<T> heard(Mono<T> work) {
    Mono<T> heard = work;
    for (NoticeRelay relay : relays) {
      heard = relay.before(heard);
    }
    return heard;
  }
}
