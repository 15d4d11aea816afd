package nl.naast.report;

import java.util.List;
import java.util.Optional;

/** What a visitor's page is told of whom it may report to: signed statements, and what it checks them by. */
public record Readers(Optional<byte[]> roster, List<byte[]> revocations, List<byte[]> statements) {
}
