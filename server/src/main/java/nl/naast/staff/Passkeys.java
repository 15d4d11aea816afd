package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.Attestation;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.auth.webauthn4j.COSEAlgorithm;
import io.vertx.ext.auth.webauthn4j.CredentialStorage;
import io.vertx.ext.auth.webauthn4j.RelyingParty;
import io.vertx.ext.auth.webauthn4j.ResidentKey;
import io.vertx.ext.auth.webauthn4j.UserVerification;
import io.vertx.ext.auth.webauthn4j.WebAuthn4J;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JCredentials;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;

/**
 * WebAuthn (Level 3) through Vert.x Auth WebAuthn4J: discoverable credentials, user verification always, no attestation. What it is told to store is our port's; why it is used
 * this way stands in docs/adr/0012.
 */
final class Passkeys {
    /** Not a passkey's good answer; says nothing about which rule it broke. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /** Of the flags in authenticator data (WebAuthn Level 3 §6.1). */
    private static final int BACKUP_ELIGIBLE = 8;

    private final WebAuthn4J webAuthn;
    private final String origin;
    private final Clock clock;

    Passkeys(Vertx vertx, StaffRules rules, People people, Clock clock) {
        this.origin = rules.origin();
        this.clock = clock;
        this.webAuthn = WebAuthn4J.create(vertx, new WebAuthn4JOptions()
            .setRelyingParty(new RelyingParty().setId(URI.create(origin).getHost()).setName(rules.organisation()))
            .setAttestation(Attestation.NONE).setResidentKey(ResidentKey.REQUIRED).setUserVerification(UserVerification.REQUIRED).setUserPresenceRequired(true)
            // ES256 is what phones, laptops and keys make; RS256 is for Windows Hello on older hardware.
            .setPubKeyCredParams(List.of(COSEAlgorithm.ES256, COSEAlgorithm.RS256))
            // The library's own default asks for an extension that browsers have dropped.
            .setExtensions(new JsonObject()).setChallengeLength(32).setTimeoutInMilliseconds(rules.challenge().toMillis())).credentialStorage(new Storage(people));
    }

    /** Creation options for a new person; her id is the user handle, so that a passkey says whose it is and nothing about her. */
    Future<JsonObject> creationOptions(StaffId person, String alias) {
        return webAuthn.createCredentialsOptions(new JsonObject().put("name", alias).put("displayName", alias))
            .map(options -> options.put("user", options.getJsonObject("user").put("id", person.id().text())));
    }

    /** Creation options for one more of hers: on none that has one already. */
    Future<JsonObject> furtherOptions(StaffId person, String alias, List<Passkey> hers) {
        return creationOptions(person, alias).map(options -> options.put("excludeCredentials", named(hers)));
    }

    private static JsonArray named(List<Passkey> passkeys) {
        JsonArray named = new JsonArray();
        passkeys.forEach(passkey -> named.add(new JsonObject().put("type", "public-key").put("id", passkey.credentialId())));
        return named;
    }

    Future<JsonObject> requestOptions() {
        return webAuthn.getCredentialsOptions(null);
    }

    /** Any of these, and no other. */
    Future<JsonObject> requestOptions(List<Passkey> hers) {
        return requestOptions().map(options -> options.put("allowCredentials", named(hers)));
    }

    /** The challenge that a credential answers, read before anything is believed; empty when there is none, or it answers something else. */
    static Optional<String> challengeOf(JsonObject credential, Challenge.Purpose purpose) {
        String type = switch (purpose) {
            case REGISTER, ADD -> "webauthn.create";
            case SIGN_IN, PROVE -> "webauthn.get";
        };
        try {
            return Base64Url.decode(credential.getJsonObject("response").getString("clientDataJSON")).map(bytes -> new JsonObject(new String(bytes, StandardCharsets.UTF_8)))
                .filter(data -> type.equals(data.getString("type"))).map(data -> data.getString("challenge"));
        } catch (NullPointerException | ClassCastException | DecodeException notACredential) {
            return Optional.empty();
        }
    }

    /** @return the new passkey, a new person's or a further one of hers; fails with {@link Refused} when it does not verify */
    Future<Passkey> registered(StaffId person, String challenge, JsonObject credential) {
        return verify(new WebAuthn4JCredentials().setChallenge(challenge).setOrigin(origin).setUsername(person.id().text()).setWebauthn(credential)).map(this::passkey);
    }

    /** @return whose passkey it was; fails with {@link Refused} when it does not verify, is unknown, a suspended person's, or was copied */
    Future<StaffId> signedIn(String challenge, JsonObject credential) {
        return verify(new WebAuthn4JCredentials().setChallenge(challenge).setOrigin(origin).setWebauthn(credential)).map(this::passkey).map(Passkey::owner).compose(owner -> {
            String handle = credential.getJsonObject("response").getString("userHandle");
            return handle == null || handle.equals(owner.id().text()) ? Future.succeededFuture(owner) : Future.failedFuture(new Refused());
        });
    }

    /** A failure of the store stays what it is, so that it is not told as a refusal. */
    private Future<Authenticator> verify(WebAuthn4JCredentials credentials) {
        return webAuthn.authenticate(credentials).map(user -> new Authenticator(user.principal()))
            .recover(failed -> Future.failedFuture(failed instanceof Storage.Failed stores ? stores.getCause() : new Refused()));
    }

    private Passkey passkey(Authenticator authenticator) {
        return new Passkey(new StaffId(new Id16(authenticator.getUsername())), authenticator.getCredID(), authenticator.getPublicKey(), authenticator.getCounter(), authenticator.getAaguid(),
            Sealed.day(clock.now()), (authenticator.getFlags() & BACKUP_ELIGIBLE) != 0);
    }

    /** The library's storage callbacks, answered by our port. */
    private record Storage(People people) implements CredentialStorage {
        /** The store failed, not the passkey: told apart from the library's own failures, which are refusals. */
        static final class Failed extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Failed(Throwable cause) {
                super("the store failed", cause, false, false);
            }
        }

        /** Asked by name alone only for the credentials to exclude: a new person has none, and a further passkey's options name them themselves. */
        @Override
        public Future<List<Authenticator>> find(String userName, String credentialId) {
            return credentialId == null || Base64Url.decode(credentialId).isEmpty() ? Future.succeededFuture(List.of())
                : stored(people.passkey(credentialId)).map(found -> found.map(Storage::authenticator).stream().toList());
        }

        /** Nothing: the passkey is stored together with its person, in the write that uses up the invitation, or behind those she has. */
        @Override
        public Future<Void> storeCredential(Authenticator authenticator) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> updateCounter(Authenticator used) {
            return stored(people.counted(used.getCredID(), used.getCounter())).compose(counted -> counted ? Future.succeededFuture() : Future.failedFuture(new Refused()));
        }

        private static <T> Future<T> stored(Future<T> answer) {
            return answer.recover(failed -> Future.failedFuture(new Failed(failed)));
        }

        private static Authenticator authenticator(Passkey passkey) {
            return new Authenticator().setUsername(passkey.owner().id().text()).setCredID(passkey.credentialId()).setPublicKey(passkey.publicKey())
                .setCounter(passkey.counter()).setAaguid(passkey.aaguid());
        }
    }
}
