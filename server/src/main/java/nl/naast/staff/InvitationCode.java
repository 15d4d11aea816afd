package nl.naast.staff;

import java.util.Optional;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;

/** The secret of an invitation link: 128 random bits as 22 characters. Travels in the URL's fragment, so that it reaches no server's log; the store has its tag. */
record InvitationCode(String text) {
    static InvitationCode random(RandomSource random) {
        return new InvitationCode(Base64Url.encode(random.bytes(Id16.BYTES)));
    }

    static Optional<InvitationCode> parse(Object text) {
        return text instanceof String given ? Id16.parse(given).map(id -> new InvitationCode(given)) : Optional.empty();
    }

    byte[] tag(Wrap wrap) {
        return wrap.tag("invitation", Base64Url.decode(text).orElseThrow());
    }

    @Override
    public String toString() {
        return "InvitationCode[***]";
    }
}
