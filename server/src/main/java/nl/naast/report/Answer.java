package nl.naast.report;

/**
 * What a coordinator's page sealed to the visitor who reported.
 *
 * @param statement about who answered, as it was served then
 */
public record Answer(byte[] statement, byte[] box) {
    @Override
    public String toString() {
        return "Answer[***]";
    }
}
