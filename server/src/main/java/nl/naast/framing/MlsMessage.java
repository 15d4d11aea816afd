package nl.naast.framing;

/**
 * The public framing of the three MLSMessages that may pass through the server (RFC 9420 §6). Everything else (PublicMessage, GroupInfo, unknown wire formats and versions) is malformed here. No
 * cryptography: what a server without keys can see, and no more.
 */
sealed interface MlsMessage {
    int MLS10 = 1;
    int SUITE_P256 = 2;
    /** Bytes of a group id. */
    int GROUP_ID = 16;

    /** RFC 9420 §6.3. {@code content}: 1 application, 2 proposal, 3 commit. Lengths in bytes. */
    record PrivateMessage(byte[] groupId, long epoch, int content, int authenticatedData, int senderData, int ciphertext) implements MlsMessage {
        static final int APPLICATION = 1;
        static final int COMMIT = 3;
    }

    /** RFC 9420 §12.4.3.1. */
    record Welcome(int suite, int secrets) implements MlsMessage {}

    /** RFC 9420 §10. */
    record KeyPackage(int suite) implements MlsMessage {}

    /** Reads one message that fills the cursor to its end. */
    static MlsMessage read(Cursor in) {
        in.expect(in.u16() == MLS10);
        MlsMessage message = switch (in.u16()) {
            case 2 -> privateMessage(in);
            case 3 -> welcome(in);
            case 5 -> keyPackage(in);
            default -> throw Cursor.Malformed.INSTANCE;
        };
        in.atEnd();
        return message;
    }

    private static PrivateMessage privateMessage(Cursor in) {
        Cursor group = in.vector();
        // Ours are 16 bytes (formats.md); nothing longer is ever copied.
        in.expect(group.left() == GROUP_ID);
        byte[] groupId = group.rest();
        long epoch = in.u53();
        int content = in.u8();
        in.expect(content >= PrivateMessage.APPLICATION && content <= PrivateMessage.COMMIT);
        return new PrivateMessage(groupId, epoch, content, in.skip(), in.skip(), in.skip());
    }

    private static Welcome welcome(Cursor in) {
        int suite = in.u16();
        Cursor all = in.vector();
        int secrets = 0;
        for (; all.left() > 0; secrets++) {
            all.skip();
            all.skip();
            all.skip();
        }
        in.skip();
        return new Welcome(suite, secrets);
    }

    private static KeyPackage keyPackage(Cursor in) {
        in.expect(in.u16() == MLS10);
        int suite = in.u16();
        in.skip();
        leafNode(in);
        extensions(in);
        in.skip();
        return new KeyPackage(suite);
    }

    /** RFC 9420 §7.2; in a key package the source is 1 and a lifetime follows. */
    private static void leafNode(Cursor in) {
        in.skip();
        in.skip();
        credential(in);
        for (int list = 0; list < 5; list++) in.expect(in.skip() % 2 == 0);
        in.expect(in.u8() == 1);
        in.part(16);
        extensions(in);
        in.skip();
    }

    private static void credential(Cursor in) {
        int type = in.u16();
        Cursor content = in.vector();
        in.expect(type == 1 || type == 2);
        if (type == 2) while (content.left() > 0) content.skip();
    }

    private static void extensions(Cursor in) {
        Cursor all = in.vector();
        while (all.left() > 0) {
            all.u16();
            all.skip();
        }
    }
}
