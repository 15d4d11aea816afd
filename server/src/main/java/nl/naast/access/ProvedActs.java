package nl.naast.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Acts for which a session is too little: its person has proved just now, by a passkey, that it is she, and that it is this that she wants. Implemented by the capability that knows passkeys. */
public interface ProvedActs {
    /** What any of them may end with: what opens her vault is another. */
    String KEYRING = "keyring";

    /**
     * Uses a proof up for one step of an act: each step of it is good once.
     *
     * @param proof as it came with the request
     * @param act   empty: any, of which the step is a part
     * @return whether it is one: given in this session, for this act, two minutes ago at the most, and not used for this step yet
     */
    Future<Boolean> use(StaffSession by, Object proof, Optional<String> act, String step);
}
