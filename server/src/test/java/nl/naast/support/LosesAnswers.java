package nl.naast.support;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server of MongoDB's protocol and loses the answer of each so many-th write: the write was carried out, and the connection breaks before anybody hears of it. */
public final class LosesAnswers implements AutoCloseable {
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
    private static final int HEADER = 16;
    /** Of OP_MSG, up to the first element's type: header, flags, kind of section, length of the document. */
    private static final int NAME = HEADER + 4 + 1 + 4 + 1;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final int each;
    private final AtomicInteger writes = new AtomicInteger();

    /** @param port of the server. @param each 9: every ninth write's answer is lost */
    public LosesAnswers(int port, int each) throws IOException {
        this.port = port;
        this.each = each;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                Set<Integer> losing = ConcurrentHashMap.newKeySet();
                Thread.ofVirtual().start(() -> pump(client, server, message -> note(message, losing)));
                Thread.ofVirtual().start(() -> pump(server, client, message -> !losing.contains(answerTo(message))));
            }
        } catch (IOException closed) {
            // The end of the tests.
        }
    }

    private interface Passing {
        boolean passes(ByteBuffer message);
    }

    private void pump(Socket from, Socket to, Passing rule) {
        try (from; to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            ByteBuffer message = next(in);
            while (rule.passes(message)) {
                out.write(message.array());
                out.flush();
                message = next(in);
            }
        } catch (IOException closed) {
            // Either side went.
        }
    }

    private static ByteBuffer next(InputStream in) throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            throw new EOFException();
        }
        int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] message = new byte[size];
        System.arraycopy(length, 0, message, 0, 4);
        if (in.readNBytes(message, 4, size - 4) < size - 4) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    private boolean note(ByteBuffer message, Set<Integer> losing) {
        if (WRITES.contains(command(message)) && writes.incrementAndGet() % each == 0) {
            losing.add(message.getInt(4));
        }
        return true;
    }

    private static int answerTo(ByteBuffer message) {
        return message.getInt(8);
    }

    private static String command(ByteBuffer message) {
        byte[] bytes = message.array();
        int end = NAME;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end <= NAME || end >= bytes.length ? "" : new String(bytes, NAME, end - NAME, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
