package nl.naast.staff;

import java.util.List;

/** The tables of this package. In clear: random ids, state, row version, expiry day, tags; everything else in {@code sealed}. */
final class StaffSchema {
    static final List<String> STATEMENTS = List.of(
        "CREATE TABLE staff_person (id BLOB PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('active', 'suspended')), version INTEGER NOT NULL, expiry_day INTEGER, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE staff_passkey (tag BLOB PRIMARY KEY, person_tag BLOB NOT NULL, version INTEGER NOT NULL, expiry_day INTEGER, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX staff_passkey_person ON staff_passkey (person_tag)",
        "CREATE TABLE staff_invitation (id BLOB PRIMARY KEY, tag BLOB NOT NULL UNIQUE, maker_tag BLOB, state TEXT NOT NULL CHECK (state IN ('open', 'used', 'withdrawn')), version INTEGER NOT NULL, "
            + "expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE TABLE staff_session (tag BLOB PRIMARY KEY, person_tag BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'locked')), expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
        "CREATE INDEX staff_session_person ON staff_session (person_tag)",
        "CREATE TABLE staff_challenge (tag BLOB PRIMARY KEY, expiry_day INTEGER NOT NULL) STRICT");

    static final List<String> RESETS = List.of(
        "CREATE TABLE staff_reset (tag BLOB PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('asked', 'done')), version INTEGER NOT NULL, expiry_day INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT");

    private StaffSchema() {
    }
}
