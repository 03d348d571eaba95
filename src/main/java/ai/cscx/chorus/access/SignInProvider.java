package ai.cscx.chorus.access;

import ai.cscx.chorus.base.Failure;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect issuer whose access tokens we take (RFC 9068, or any JWT with an e-mail address). Its address and keys
 * are asked for when the first token comes, and keys again when one is unknown. Thread-safe.
 */
public final class SignInProvider {
    private static final int MILLIS = 3_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Settings settings;
    private volatile @Nullable DefaultJWTProcessor<SecurityContext> checks;

    /**
     * @param issuer as tokens name it
     * @param audiences one of which a token must be meant for
     */
    public record Settings(URI issuer, Set<String> audiences) {
        public Settings {
            audiences = Set.copyOf(audiences);
        }
    }

    public SignInProvider(Settings settings) {
        this.settings = settings;
    }

    static boolean looksLikeOurs(String token) {
        return JWT.matcher(token).matches();
    }

    /**
     * The verified e-mail address of whom the token was given to.
     *
     * @throws Failure.Unauthenticated if the token is not good, or has no verified address
     * @throws Failure.Unavailable if the issuer does not answer
     */
    String email(String token) {
        JWTClaimsSet claims;
        try {
            claims = checks().process(token, null);
        } catch (KeySourceException away) {
            throw unavailable(away);
        } catch (ParseException | BadJOSEException | JOSEException bad) {
            throw new Failure.Unauthenticated(
                    "The token is not good here: it is expired, or was made by or for somebody else. Sign in again.");
        }
        Object verified = claims.getClaim("email_verified");
        if (!(claims.getClaim("email") instanceof String email)
                || Boolean.FALSE.equals(verified)
                || "false".equals(verified)) {
            throw new Failure.Unauthenticated(
                    "The token names no verified e-mail address; ask for the scope email, or have the issuer add it.");
        }
        return email;
    }

    private DefaultJWTProcessor<SecurityContext> checks() {
        DefaultJWTProcessor<SecurityContext> known = checks;
        if (known == null) {
            known = discovered();
            checks = known;
        }
        return known;
    }

    private DefaultJWTProcessor<SecurityContext> discovered() {
        String issuer = settings.issuer().toString();
        DefaultResourceRetriever http = new DefaultResourceRetriever(MILLIS, MILLIS, MOST_BYTES);
        try {
            URI description = URI.create(issuer.replaceFirst("/+$", "") + "/.well-known/openid-configuration");
            Map<String, Object> metadata = JSONObjectUtils.parse(
                    http.retrieveResource(description.toURL()).getContent());
            if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
                throw new Failure.Unavailable(
                        "OIDC_ISSUER answers as another issuer; an admin sets it exactly as it names itself.");
            }
            URI keys = JSONObjectUtils.getURI(metadata, "jwks_uri");
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    SIGNATURES,
                    JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
                            .retrying(true)
                            .outageTolerant(true)
                            .build()));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    settings.audiences(),
                    new JWTClaimsSet.Builder().issuer(issuer).build(),
                    Set.of("exp"),
                    Set.of()));
            return processor;
        } catch (IOException | ParseException | IllegalArgumentException away) {
            throw unavailable(away);
        }
    }

    private static Failure.Unavailable unavailable(Exception cause) {
        return new Failure.Unavailable("The sign-in service does not answer; try again in a moment.", cause);
    }
}
