package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and ports as far as somebody named them; each may come from another place, as in libpq.
 *
 * @param hosts the hosts; empty if nobody named one
 * @param ports none, one for all hosts, or one for each, where 0 stands for one not yet named
 */
record Servers(List<String> hosts, List<Integer> ports) {
  static final Servers UNKNOWN = new Servers(List.of(), List.of());

  private static final int UNNAMED = 0;

  Servers {
    hosts = List.copyOf(hosts);
    ports = List.copyOf(ports);
    String mismatch = mismatch(hosts.size(), ports.size());
    if (mismatch != null) {
      throw new InvalidOption("The options have " + mismatch);
    }
  }

  static Servers of(List<HostPort> servers) {
    return new Servers(
        servers.stream().map(HostPort::host).toList(),
        servers.stream().map(HostPort::port).toList());
  }

  /** Returns the rest of a sentence that counts both, or null if they go together. */
  static @Nullable String mismatch(int hosts, int ports) {
    if (hosts == 0 || ports <= 1 || hosts == ports) {
      return null;
    }
    return hosts
        + (hosts == 1 ? " host" : " hosts")
        + " but "
        + ports
        + (ports == 1 ? " port" : " ports")
        + ": give one port for all hosts, or one for each";
  }

  Servers withHost(String host) {
    return new Servers(List.of(host), ports.size() == 1 ? ports : List.of());
  }

  Servers withPort(int port) {
    return new Servers(hosts, List.of(port));
  }

  Servers plus(HostPort server) {
    List<String> moreHosts = new ArrayList<>(hosts);
    moreHosts.add(server.host());
    List<Integer> morePorts = new ArrayList<>();
    IntStream.range(0, hosts.size()).forEach(i -> morePorts.add(portOf(i)));
    morePorts.add(server.port());
    return new Servers(moreHosts, morePorts);
  }

  /** Returns whether no lower place needs to be asked for a port. */
  boolean arePortsNamed() {
    return !ports.isEmpty() && !ports.contains(UNNAMED);
  }

  /** Returns these with everything that is not named taken from the others. */
  Servers orElse(Servers others) {
    List<Integer> filled = ports.isEmpty() ? others.ports : ports;
    if (ports.contains(UNNAMED) && others.ports.size() == 1) {
      filled = new ArrayList<>(ports);
      Collections.replaceAll(filled, UNNAMED, others.ports.get(0));
    }
    return new Servers(hosts.isEmpty() ? others.hosts : hosts, filled);
  }

  /** Returns the servers, with the defaults for what is not named. */
  List<HostPort> list() {
    if (hosts.isEmpty()) {
      // Several ports without a host: libpq would refuse them too, once it has the default host.
      return new Servers(List.of("localhost"), ports).list();
    }
    return IntStream.range(0, hosts.size())
        .mapToObj(
            i ->
                new HostPort(
                    hosts.get(i), portOf(i) == UNNAMED ? HostPort.DEFAULT_PORT : portOf(i)))
        .toList();
  }

  private int portOf(int host) {
    if (ports.isEmpty()) {
      return UNNAMED;
    }
    return ports.size() == 1 ? ports.get(0) : ports.get(host);
  }
}
