package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "255.255.255.255",
        "10.0.0.1/8",
        "10.0.0.1/0",
        "::",
        "::1",
        "1::",
        "::/0",
        "2001:db8::1",
        "2001:db8:0:1:1:1:1:1",
        "2001:0:0:1::1",
        "1:2:3:4:5:6:7:8/127",
        "::ffff:1.2.3.4",
        "::1.2.3.4",
        "64:ff9b::102:304",
        "1:0:0:2::",
        "::2:0:0:3:0"
      })
  void textIsReadAndPrintedAgain(String text) {
    Inet inet = Inet.parse(text);

    assertThat(inet).hasToString(text);
    assertThat(Inet.of(inet.address(), inet.prefix())).isEqualTo(inet).hasSameHashCodeAs(inet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.x",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/x",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "::12345",
        "::g",
        "::1/129",
        "1:2:3:4:5:6:7::8:9",
        "localhost",
        "example.com",
        "::1.2.3",
        "1:",
        ":1",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void everythingElseIsRefusedWithoutALookUp(String text) {
    assertThatThrownBy(() -> Inet.parse(text))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("a network address cannot be read; expected such as 10.0.0.1")
        .hasMessageNotContaining("localhost");
  }

  @Test
  void versionIsKept() {
    assertThat(Inet.parse("::ffff:1.2.3.4").address()).isInstanceOf(Inet6Address.class);
    assertThat(Inet.parse("1.2.3.4").address()).isInstanceOf(Inet4Address.class);
    assertThat(Inet.parse("::ffff:1.2.3.4")).isNotEqualTo(Inet.parse("1.2.3.4"));
  }

  @Test
  void networkHasItsBitsOnly() {
    Inet inet = Inet.parse("10.200.3.4/9");

    assertThat(inet.network()).hasToString("10.128.0.0/9");
    assertThat(inet.network().contains(Inet.parse("10.129.0.1"))).isTrue();
    assertThat(inet.network().contains(Inet.parse("10.1.0.1"))).isFalse();
    assertThat(inet.network().contains(Inet.parse("10.129.0.1/8"))).isFalse();
    assertThat(inet.network().contains(Inet.parse("::1"))).isFalse();
    assertThat(inet.isSingleHost()).isFalse();
    assertThat(Cidr.parse("10.0.0.1")).hasToString("10.0.0.1/32");
    assertThatThrownBy(() -> Cidr.parse("10.0.0.1/8")).isInstanceOf(MappingFailure.class);
  }

  @Test
  void whatIsNoAddressOfPostgresIsRefused() throws UnknownHostException {
    InetAddress ten = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    InetAddress scoped = Inet6Address.getByAddress(null, new byte[16], 3);

    assertThatThrownBy(() -> Inet.of(ten, 33))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("an IPv4 address has 0 to 32 bits, not 33");
    assertThatThrownBy(() -> Inet.of(scoped)).hasMessageContaining("scope of an IPv6 address");
    assertThatThrownBy(() -> Cidr.of(ten, 8)).hasMessageContaining("bits right of its prefix of 8");
  }

  @Test
  void javasOwnClassTakesWhatHasNoNetwork() {
    Row row =
        Row.of(
            Columns.of(List.of("a", "b")),
            new Object[] {Inet.parse("10.0.0.1"), Inet.parse("10.0.0.1/8")});

    assertThat(row.get("a", InetAddress.class)).isEqualTo(Inet.parse("10.0.0.1").address());
    assertThat(row.get("b", String.class)).isEqualTo("10.0.0.1/8");
    assertThatThrownBy(() -> row.get("b", InetAddress.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "column 'b': the Inet value has a prefix of 8 bits, which InetAddress cannot hold: ask"
                + " for Inet, or use host() in SQL");
  }
}
