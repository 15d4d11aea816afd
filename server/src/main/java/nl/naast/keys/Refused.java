package nl.naast.keys;

/** A command that was not carried out, with the sentence that says why; nothing was changed. */
final class Refused extends RuntimeException {
    Refused(String why) {
        super(why, null, false, false);
    }
}
