package nl.naast.report;

import nl.naast.canon.Hash;

/**
 * What a visitor's page sealed to one coordinator.
 *
 * @param to  of the statement that it is sealed to
 * @param box as formats.md has it; only her page and that coordinator's can read it
 */
public record BoxTo(Hash to, byte[] box) {
    @Override
    public String toString() {
        return "BoxTo[***]";
    }
}
