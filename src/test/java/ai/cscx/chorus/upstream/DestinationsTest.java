package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static final Destinations PUBLIC_ONLY = new Destinations(false, false);
    private static final Destinations LOCAL = new Destinations(true, false);
    private static final Destinations INSIDE = new Destinations(false, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1",
                "https://172.16.0.1",
                "https://172.31.255.255",
                "https://192.168.1.1",
                "https://100.64.0.1",
                "https://[fc00::1]",
                "https://[fd12:3456::1]"
            })
    void privateNetworks_needTheConfiguration(String url) {
        assertThatThrownBy(() -> PUBLIC_ONLY.check(url))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("CSCX_CHORUS_PRIVATE_NETWORK");
        assertThat(INSIDE.check(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://0.0.0.0",
                "https://0.1.2.3",
                "https://127.0.0.2",
                "https://2130706433",
                "https://169.254.169.254",
                "https://100.100.100.200",
                "https://168.63.129.16",
                "https://192.0.0.192",
                "https://192.0.2.1",
                "https://192.88.99.1",
                "https://198.18.0.1",
                "https://198.19.255.255",
                "https://198.51.100.7",
                "https://203.0.113.7",
                "https://224.0.0.1",
                "https://255.255.255.255",
                "https://[::]",
                "https://[::127.0.0.1]",
                "https://[::ffff:127.0.0.1]",
                "https://[::ffff:169.254.169.254]",
                "https://[64:ff9b::7f00:1]",
                "https://[64:ff9b:1::1]",
                "https://[2002:7f00:1::]",
                "https://[2001::1]",
                "https://[2001:db8::1]",
                "https://[3fff::1]",
                "https://[fe80::1]",
                "https://[fec0::1]",
                "https://[fd00:ec2::254]",
                "https://[ff02::1]"
            })
    void specialRanges_areNeverAllowed(String url) {
        assertThatThrownBy(() -> INSIDE.check(url)).isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> LOCAL.check(url)).isInstanceOf(Failure.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://8.8.8.8",
                "https://172.15.0.1",
                "https://172.32.0.1",
                "https://100.63.255.255",
                "https://100.128.0.1",
                "https://[2606:4700::1111]",
                "https://8.8.8.8:8443/chorus"
            })
    void publicAddresses_areAllowed(String url) {
        assertThat(PUBLIC_ONLY.check(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8",
                "ftp://8.8.8.8",
                "file:///etc/passwd",
                "8.8.8.8",
                "",
                "https://",
                "https://user@8.8.8.8",
                "https://user:password@8.8.8.8",
                "https://8.8.8.8/?a=b",
                "https://8.8.8.8/#a",
                "https://8.8.8.8\\@127.0.0.1",
                "https://a b",
                "https://127.0.0.1",
                "http://localhost",
                "http://localhost."
            })
    void otherForms_areRefused(String url) {
        assertThatThrownBy(() -> PUBLIC_ONLY.check(url)).isInstanceOf(Failure.Rejected.class);
    }

    @Test
    void loopback_isAllowedByNameOnly_withHttpToo() {
        assertThat(LOCAL.check("http://127.0.0.1:8080/")).hasToString("http://127.0.0.1:8080");
        assertThat(LOCAL.check("http://localhost:8080")).hasToString("http://localhost:8080");
        assertThat(LOCAL.check("http://[::1]:8080")).hasToString("http://[::1]:8080");
        assertThatThrownBy(() -> LOCAL.check("http://127.0.0.2")).isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> resolving("127.0.0.1").check("https://sly.example"))
                .isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> resolving("93.184.215.14").check("http://localhost"))
                .isInstanceOf(Failure.Rejected.class);
    }

    @Test
    void oneForbiddenAddressAmongMany_isEnoughToRefuse() {
        assertThatThrownBy(() -> resolving("93.184.215.14", "10.0.0.1").check("https://mixed.example"))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageNotContaining("10.0.0.1");
        assertThat(resolving("93.184.215.14", "2606:4700::1111").check("https://fine.example"))
                .hasToString("https://fine.example");
    }

    @Test
    void unknownHost_isSaid() {
        Destinations nowhere = new Destinations(false, false, host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> nowhere.check("https://chorsu.example"))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("spelling");
    }

    private static Destinations resolving(String... addresses) {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.ofLiteral(addresses[i]);
        }
        return new Destinations(true, false, host -> found);
    }
}
