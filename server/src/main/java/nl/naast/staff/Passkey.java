package nl.naast.staff;

import io.vertx.core.json.JsonObject;
import nl.naast.access.StaffId;
import nl.naast.platform.Id16;

/**
 * The public half of a passkey (WebAuthn Level 3 §4 "credential record").
 *
 * @param credentialId base64url
 * @param publicKey    COSE key in CBOR, base64url
 * @param counter      the authenticator's signature counter when it was last seen; 0 when it counts nothing
 */
record Passkey(StaffId owner, String credentialId, String publicKey, long counter, String aaguid) {
    Passkey counted(long now) {
        return new Passkey(owner, credentialId, publicKey, now, aaguid);
    }

    JsonObject json() {
        return new JsonObject().put("owner", owner.id().text()).put("id", credentialId).put("key", publicKey).put("counter", counter).put("aaguid", aaguid);
    }

    static Passkey of(JsonObject json) {
        return new Passkey(new StaffId(new Id16(json.getString("owner"))), json.getString("id"), json.getString("key"), json.getLong("counter"), json.getString("aaguid"));
    }
}
