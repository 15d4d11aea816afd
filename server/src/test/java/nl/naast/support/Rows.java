package nl.naast.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Every row of some tables of a store, read from its file beside the server: two readings are equal when nothing was written between them, because each write counts a version up or seals anew. */
public final class Rows {
    /** What people do is in these; what is written by itself (rosters, waits, challenges) is not. */
    static final List<String> PEOPLES = List.of("conversation", "envelope", "desk_lease", "staff_person", "staff_passkey", "staff_invitation", "staff_session", "staff_reset", "vault_item", "vault_line", "report");

    private Rows() {
    }

    /** @param data the directory of the store */
    public static List<String> of(Path data) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("naast.db"))) {
            for (String table : tables(connection)) {
                read(connection, table, rows);
            }
            return rows;
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var statement = connection.createStatement(); ResultSet names = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
            while (names.next()) {
                found.add(names.getString(1));
            }
        }
        return found.stream().filter(PEOPLES::contains).toList();
    }

    private static void read(Connection connection, String table, List<String> rows) throws SQLException {
        try (var statement = connection.createStatement(); ResultSet found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder(table);
                for (int i = 1; i <= columns; i++) {
                    Object value = found.getObject(i);
                    row.append(' ').append(found.getMetaData().getColumnName(i)).append('=').append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
                }
                rows.add(row.toString());
            }
        }
    }
}
