package nl.naast.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;

/** Brings a file to the newest schema the program knows; {@code PRAGMA user_version} says where it stands. */
final class SqliteSchema {
    private final List<Migration> migrations;

    SqliteSchema(List<Migration> migrations) {
        this.migrations = migrations.stream().sorted(Comparator.comparingInt(Migration::number)).toList();
        for (int i = 0; i < this.migrations.size(); i++) {
            if (this.migrations.get(i).number() != i + 1) {
                throw new IllegalArgumentException("migrations must be numbered 1, 2, 3 … without gaps; found " + this.migrations.get(i).number());
            }
        }
    }

    /** @throws StoreRefused when the file was written by a newer program */
    void bring(Connection connection) throws SQLException {
        int found = version(connection);
        if (found > migrations.size()) {
            throw new StoreRefused("the database has schema " + found + ", this program knows up to " + migrations.size() + ": start the newer program, or restore a backup made before the update");
        }
        for (Migration migration : migrations.subList(found, migrations.size())) {
            carryOut(connection, migration);
        }
    }

    private static void carryOut(Connection connection, Migration migration) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String sql : migration.statements()) {
                statement.execute(sql);
            }
            statement.execute("PRAGMA user_version = " + migration.number());
            statement.execute("COMMIT");
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
