package nl.naast.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner may read: 0600, 0700; written whole or not at all. */
public final class OwnerFiles {
    private OwnerFiles() {
    }

    public static void directory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    public static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, Set.of(how, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Never readable by others, not for a moment: made with 0600 under another name, then moved into place, over whatever was there. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(draft);
        writeNew(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * A file that must not be there yet.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there; it stays as it was
     */
    public static void writeNew(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = open(file, StandardOpenOption.CREATE_NEW)) {
            out.write(ByteBuffer.wrap(bytes));
            out.force(true);
        }
    }
}
