package ai.cscx.chorus.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String ONE = key(1);
    private static final String TWO = key(2);

    @Test
    void secret_opensForItsPurposeOnly() {
        Vault vault = Vault.of(ONE);
        byte[] sealed = vault.seal("secret", "connection-1");

        assertThat(vault.open(sealed, "connection-1")).isEqualTo("secret");
        assertThat(vault.open(sealed, "connection-2")).isNull();
        assertThat(Vault.of(TWO).open(sealed, "connection-1")).isNull();
        sealed[20] ^= 1;
        assertThat(vault.open(sealed, "connection-1")).isNull();
        assertThat(vault.open(new byte[3], "connection-1")).isNull();
    }

    @Test
    void severalKeys_theFirstSealsAndAllOpen() {
        byte[] old = Vault.of(ONE).seal("secret", "p");
        Vault both = Vault.of(TWO + "," + ONE);

        assertThat(both.open(old, "p")).isEqualTo("secret");
        byte[] resealed = Objects.requireNonNull(both.resealed(old, "p"));
        assertThat(Vault.of(TWO).open(resealed, "p")).isEqualTo("secret");
        assertThat(both.resealed(resealed, "p")).isNull();
        assertThat(Vault.of(TWO).resealed(old, "p")).isNull();
    }

    @Test
    void keyOfAKeyManagementService_sealsAndOpens_throughItsClient() {
        Vault vault = Vault.of("test-kms://keys/1");
        byte[] sealed = vault.seal("secret", "p");

        assertThat(vault.open(sealed, "p")).isEqualTo("secret");
        assertThat(vault.open(sealed, "q")).isNull();
        assertThat(Vault.of("test-kms://keys/2").open(sealed, "p")).isNull();
        assertThat(Vault.of("test-kms://keys/2,test-kms://keys/1").open(sealed, "p"))
                .isEqualTo("secret");
        assertThat(Objects.requireNonNull(Vault.of(ONE + ",test-kms://keys/1").resealed(sealed, "p")))
                .satisfies(moved -> assertThat(Vault.of(ONE).open(moved, "p")).isEqualTo("secret"));
    }

    @Test
    void keyManagementService_thatIsAway_isSaid_whenSealing() {
        Vault away = Vault.of("test-kms://away");

        assertThatThrownBy(() -> away.seal("planted", "p"))
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessageNotContaining("planted");
    }

    @Test
    void schemeWithoutAClient_namesTheJarToAdd() {
        assertThatThrownBy(() -> Vault.of("gcp-kms://projects/planted/key"))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("com.google.crypto.tink:tink-gcpkms")
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> Vault.of("aws-kms://arn:aws:kms:planted"))
                .hasMessageContaining("com.google.crypto.tink:tink-awskms");
        assertThatThrownBy(() -> Vault.of("other-kms://planted")).hasMessageContaining("Tink KmsClient");
        assertThatThrownBy(() -> Vault.of("test-kms://forbidden")).hasMessageContaining("does not give access");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "planted", "cGxhbnRlZA==", ",", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,"})
    void whatIsNoKey_isRefused_withoutRepeatingIt(String keys) {
        assertThatThrownBy(() -> Vault.of(keys))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("planted");
    }

    @Test
    void keyFile_isMadeForItsOwnerOnly_andFoundAgain(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("master.key");
        byte[] sealed = Vault.at(file).seal("secret", "p");

        assertThat(Vault.at(file).open(sealed, "p")).isEqualTo("secret");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    private static String key(int content) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) content;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
