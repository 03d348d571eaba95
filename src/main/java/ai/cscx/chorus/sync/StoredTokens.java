package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.TokenStore;
import ai.cscx.chorus.upstream.Tokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The sealed tokens of one revision of the connection. The row's lock is held while fresh ones are asked for: of all
 * instances one asks, the others find what it got.
 */
final class StoredTokens implements TokenStore {
    static final String PURPOSE = "chorus-connection-1-tokens";

    private final Database database;
    private final Vault vault;
    private final long revision;
    private final Consumer<ChorusException.SignInRefused> whenRefused;
    /** What was given and could not be saved yet; the old refresh token may be worthless already. */
    private @Nullable Unsaved unsaved;

    StoredTokens(Database database, Vault vault, long revision, Consumer<ChorusException.SignInRefused> whenRefused) {
        this.database = database;
        this.vault = vault;
        this.revision = revision;
        this.whenRefused = whenRefused;
    }

    private record Unsaved(Tokens stale, Tokens fresh) {}

    @Override
    public Tokens current() throws ChorusException {
        return carrying(() -> database.read(handle -> read(handle, "")));
    }

    @Override
    public synchronized Tokens renewed(Tokens stale, Renewal renewal) throws ChorusException {
        Tokens fresh;
        try {
            fresh = carrying(() -> database.inTransaction(handle -> exchanged(handle, stale, renewal)));
        } catch (ChorusException.SignInRefused refused) {
            whenRefused.accept(refused);
            throw refused;
        }
        unsaved = null;
        return fresh;
    }

    static void save(Handle handle, Vault vault, long revision, Tokens tokens) {
        handle.createUpdate("""
                        INSERT INTO chorus_connection_tokens (connection_id, revision, tokens_sealed, expires_at)
                        VALUES (1, :revision, :sealed, :expiresAt)
                        ON CONFLICT (connection_id) DO UPDATE SET revision = excluded.revision,
                            tokens_sealed = excluded.tokens_sealed, expires_at = excluded.expires_at
                        """)
                .bind("revision", revision)
                .bind("sealed", vault.seal(Json.write(TokensJson.of(tokens)), PURPOSE))
                .bind(
                        "expiresAt",
                        tokens.expiresAt() == null ? null : tokens.expiresAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private Tokens exchanged(Handle handle, Tokens stale, Renewal renewal) {
        Tokens stored = read(handle, " FOR UPDATE");
        if (!stored.equals(stale)) {
            return stored;
        }
        Unsaved waiting = unsaved;
        Tokens fresh;
        if (waiting != null && waiting.stale().equals(stored)) {
            fresh = waiting.fresh();
        } else {
            try {
                fresh = renewal.after(stored);
            } catch (ChorusException failed) {
                throw new Carried(failed);
            }
            unsaved = new Unsaved(stored, fresh);
        }
        save(handle, vault, revision, fresh);
        return fresh;
    }

    private Tokens read(Handle handle, String lock) {
        byte[] sealed = handle.createQuery(
                        "SELECT tokens_sealed FROM chorus_connection_tokens WHERE revision = :revision" + lock)
                .bind("revision", revision)
                .mapTo(byte[].class)
                .findOne()
                .orElseThrow(() -> new Carried(
                        new ChorusException.Away("The connection was changed meanwhile; the next try takes it", null)));
        String text = vault.open(sealed, PURPOSE);
        if (text == null) {
            throw new Carried(new ChorusException.Away(Connections.WRONG_KEY, null));
        }
        return Json.read(text, TokensJson.class).tokens();
    }

    private static Tokens carrying(java.util.function.Supplier<Tokens> work) throws ChorusException {
        try {
            return work.get();
        } catch (Carried carried) {
            throw carried.failed;
        }
    }

    /** Takes a checked exception out of a transaction, which it ends. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final ChorusException failed;

        Carried(ChorusException failed) {
            super(failed);
            this.failed = failed;
        }
    }

    /** Tokens as they are sealed. */
    private record TokensJson(
            String accessToken,
            @Nullable String refreshToken,
            String obtainedAt,
            @Nullable String expiresAt,
            @Nullable String scope) {
        static TokensJson of(Tokens tokens) {
            return new TokensJson(
                    tokens.accessToken(),
                    tokens.refreshToken(),
                    tokens.obtainedAt().toString(),
                    tokens.expiresAt() == null ? null : tokens.expiresAt().toString(),
                    tokens.scope());
        }

        Tokens tokens() {
            return new Tokens(
                    accessToken,
                    refreshToken,
                    Instant.parse(obtainedAt),
                    expiresAt == null ? null : Instant.parse(expiresAt),
                    scope);
        }

        @Override
        public String toString() {
            return "TokensJson[]";
        }
    }
}
