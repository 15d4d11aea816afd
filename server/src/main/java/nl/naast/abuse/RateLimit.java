package nl.naast.abuse;

/** How often one capability or one member of staff may do something. */
@FunctionalInterface
public interface RateLimit {
    /**
     * @param who a tag or a random id; never an address
     * @return whether this one may go on; a refusal takes nothing
     */
    boolean take(String who);
}
