package nl.naast.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.conversation.Conversation.Again;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.Conversation.Facts;
import nl.naast.conversation.Conversation.Recent;
import nl.naast.conversation.Conversation.Why;
import nl.naast.conversation.Guest.Purpose;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/**
 * The sealed half of a row as bytes: the facts, and of the claim what no search needs. Sealed anew with every envelope, so it is short: a version, three times as whole minutes since 1970, and what has no fixed length
 * behind its length.
 */
final class FactsCodec {
    private static final byte VERSION = 2;
    /** As it was before there were guests: nothing behind the claim. */
    private static final byte WITHOUT_GUEST = 1;
    /** Version, three times, missed, the lengths of four texts and byte strings, the count of recent ones, whether there is a claim, its slot; whether there is a guest, whether the last was declined, the count of those passed over. */
    private static final int FIXED = 1 + 3 * Integer.BYTES + 1 + 2 + 2 + 2 + 2 + 1 + 1 + 1 + Short.BYTES + 1 + 1 + 1;
    private static final int RECENT = 1 + Id16.BYTES + Long.BYTES;
    /** Call, purpose, warm, from, whether there is a seat; staff, fence, slot, the key package's length. */
    private static final int GUEST = Id16.BYTES + 1 + 1 + Long.BYTES + 1 + Id16.BYTES + Long.BYTES + 1 + Short.BYTES;

    /** Of the claim: claim id and fence lie in clear columns. */
    record Sealed(Facts facts, Optional<StaffId> staff, int slot, byte[] keyPackage) {
    }

    private FactsCodec() {
    }

    static byte[] encode(Facts facts, Optional<Claim> claim) {
        byte[] language = text(facts.language());
        byte[] again = text(facts.again().map(Again::name).orElse(""));
        byte[] why = text(facts.why().map(Why::name).orElse(""));
        int length = FIXED + language.length + again.length + why.length + facts.consentKey().length + facts.recent().size() * RECENT + claim.map(c -> Id16.BYTES + c.keyPackage().length).orElse(0)
            + facts.passed().size() * Id16.BYTES + facts.guest().map(FactsCodec::length).orElse(0);
        ByteBuffer out = ByteBuffer.allocate(length).put(VERSION).putInt(minutes(facts.waitingSince())).putInt(minutes(facts.changed())).putInt(minutes(facts.expiresAt())).put((byte) facts.missed());
        put(out, language);
        put(out, again);
        put(out, why);
        put(out, facts.consentKey());
        out.put((byte) facts.recent().size());
        facts.recent().forEach(recent -> out.put(recent.from().stored()).put(recent.id().id().bytes()).putLong(recent.seq()));
        out.put((byte) (claim.isPresent() ? 1 : 0));
        claim.ifPresent(c -> put(out.put(c.staff().id().bytes()).put((byte) c.slot()), c.keyPackage()));
        tail(out, facts);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static int length(Guest guest) {
        return GUEST + guest.seat().map(seat -> seat.keyPackage().length).orElse(0);
    }

    private static void tail(ByteBuffer out, Facts facts) {
        out.put((byte) (facts.declined() ? 1 : 0)).put((byte) facts.passed().size());
        facts.passed().forEach(staff -> out.put(staff.id().bytes()));
        out.put((byte) (facts.guest().isPresent() ? 1 : 0));
        facts.guest().ifPresent(guest -> {
            out.put(guest.call().id().bytes()).put(guest.purpose().stored()).put((byte) (guest.warm() ? 1 : 0)).putLong(guest.fromSeq()).put((byte) (guest.seat().isPresent() ? 1 : 0));
            guest.seat().ifPresent(seat -> put(out.put(seat.staff().id().bytes()).putLong(seat.fence()).put((byte) seat.slot()), seat.keyPackage()));
        });
    }

    static Sealed decode(byte[] bytes) {
        if (bytes[0] == '{') {
            return FactsJson.decode(bytes);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION && version != WITHOUT_GUEST) {
            throw new IllegalStateException("written by a newer program");
        }
        Instant since = instant(in);
        Instant changed = instant(in);
        Instant expires = instant(in);
        int missed = in.get();
        String language = string(in);
        Optional<Again> again = Optional.of(string(in)).filter(name -> !name.isEmpty()).map(Again::valueOf);
        Optional<Why> why = Optional.of(string(in)).filter(name -> !name.isEmpty()).map(Why::valueOf);
        byte[] consentKey = bytes(in);
        List<Recent> recent = recent(in);
        Optional<StaffId> staff = in.get() == 0 ? Optional.empty() : Optional.of(staff(in));
        int slot = staff.isPresent() ? in.get() : 0;
        byte[] keyPackage = staff.isPresent() ? bytes(in) : new byte[0];
        boolean declined = version != WITHOUT_GUEST && in.get() == 1;
        List<StaffId> passed = version == WITHOUT_GUEST ? List.of() : passed(in);
        Optional<Guest> guest = version == WITHOUT_GUEST || in.get() == 0 ? Optional.empty() : Optional.of(guest(in));
        return new Sealed(new Facts(language, since, changed, expires, again, why, missed, consentKey, recent, guest, declined, passed), staff, slot, keyPackage);
    }

    private static List<StaffId> passed(ByteBuffer in) {
        int count = in.get();
        List<StaffId> passed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            passed.add(staff(in));
        }
        return List.copyOf(passed);
    }

    private static Guest guest(ByteBuffer in) {
        ClaimId call = new ClaimId(id(in));
        Purpose purpose = Purpose.ofStored(in.get());
        boolean warm = in.get() == 1;
        long fromSeq = in.getLong();
        Optional<Claim> seat = in.get() == 0 ? Optional.empty() : Optional.of(new Claim(call, staff(in), in.getLong(), in.get(), bytes(in)));
        return new Guest(call, purpose, warm, seat, fromSeq);
    }

    private static StaffId staff(ByteBuffer in) {
        return new StaffId(id(in));
    }

    private static List<Recent> recent(ByteBuffer in) {
        int count = in.get();
        List<Recent> recent = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            recent.add(new Recent(Party.ofStored(in.get()), new EnvelopeId(id(in)), in.getLong()));
        }
        return List.copyOf(recent);
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }

    private static Id16 id(ByteBuffer in) {
        byte[] bytes = new byte[Id16.BYTES];
        in.get(bytes);
        return new Id16(Base64Url.encode(bytes));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static int minutes(Instant time) {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), 60));
    }

    private static Instant instant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getInt() * 60L);
    }
}
