package nl.naast.access;

import nl.naast.platform.Base64Url;
import nl.naast.platform.SecretBytes;
import nl.naast.platform.Wrap;

/** The HMAC tag of a secret that somebody carries (a visitor's capability, a session token): all the server keeps of it. */
public record TokenHash(String text) {
    /** The tag of a visitor's capability. */
    public static TokenHash ofCapability(Wrap wrap, SecretBytes capability) {
        return new TokenHash(Base64Url.encode(wrap.tag("capability", capability.expose())));
    }

    /** The tag of a staff session's token. */
    public static TokenHash ofSession(Wrap wrap, SecretBytes token) {
        return new TokenHash(Base64Url.encode(wrap.tag("session", token.expose())));
    }

    public byte[] bytes() {
        return Base64Url.decode(text).orElseThrow();
    }

    @Override
    public String toString() {
        return "TokenHash[***]";
    }
}
