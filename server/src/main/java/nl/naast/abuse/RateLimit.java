package nl.naast.abuse;

/** How often one capability, one member of staff, or everybody together may do something. */
@FunctionalInterface
public interface RateLimit {
    /**
     * @param who a tag, a random id, or one word for everybody; never an address
     * @return whether this one may go on; a refusal takes nothing
     */
    boolean take(String who);
}
