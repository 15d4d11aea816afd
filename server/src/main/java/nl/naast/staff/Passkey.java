package nl.naast.staff;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.Wrap;

/**
 * The public half of a passkey (WebAuthn Level 3 §4 "credential record").
 *
 * @param credentialId base64url
 * @param publicKey    COSE key in CBOR, base64url
 * @param counter      the authenticator's signature counter when it was last seen; 0 when it counts nothing
 * @param made         the day of its registration, as days since 1970; 0 for one that is older than this field
 * @param synced       whether whoever keeps it may copy it to other devices (WebAuthn Level 3 §6.1.3, backup eligible)
 */
record Passkey(StaffId owner, String credentialId, String publicKey, long counter, String aaguid, long made, boolean synced) {
    /** D1: one to use and one to fall back on; so many at the most. */
    static final int MOST = 10;

    Passkey counted(long now) {
        return new Passkey(owner, credentialId, publicKey, now, aaguid, made, synced);
    }

    /** Whether a use with this counter shows that there is no copy (WebAuthn Level 3 §6.1.1). */
    boolean isAhead(long now) {
        return now > counter || now == 0 && counter == 0;
    }

    /** What it is called where its owner sees it. */
    Id16 id(Wrap wrap) {
        return new Id16(Base64Url.encode(Arrays.copyOf(wrap.tag("passkey id", Base64Url.decode(credentialId).orElseThrow()), Id16.BYTES)));
    }

    JsonObject json() {
        return new JsonObject().put("owner", owner.id().text()).put("id", credentialId).put("key", publicKey).put("counter", counter).put("aaguid", aaguid).put("made", made).put("synced", synced);
    }

    static Passkey of(JsonObject json) {
        return new Passkey(new StaffId(new Id16(json.getString("owner"))), json.getString("id"), json.getString("key"), json.getLong("counter"), json.getString("aaguid"), json.getLong("made", 0L), json.getBoolean("synced", false));
    }
}
