package nl.naast.canon;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a canonical form, big-endian. The callers' records hold the limits. */
final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Writer text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Writer u8(int value) {
        out.write(value);
        return this;
    }

    Writer u16(int value) {
        return bytes(ByteBuffer.allocate(2).putShort((short) value).array());
    }

    Writer u32(int value) {
        return bytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    Writer u64(long value) {
        return bytes(ByteBuffer.allocate(8).putLong(value).array());
    }

    Writer sized8(byte[] bytes) {
        return u8(bytes.length).bytes(bytes);
    }

    Writer sized16(byte[] bytes) {
        return u16(bytes.length).bytes(bytes);
    }

    byte[] done() {
        return out.toByteArray();
    }
}
