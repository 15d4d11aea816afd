package nl.naast.platform;

import com.mongodb.client.model.IndexModel;
import java.util.List;

/**
 * The collections of one capability, made at start where they are not there.
 *
 * @param name of the capability
 * @param tables each with its indexes; what expires has the fields of {@link MongoExpiry#fields}, for which indexes are added
 */
public record MongoTables(String name, List<Table> tables) {
    /** @param expires whether its documents have the fields of {@link MongoExpiry#fields}: MongoDB destroys by itself what our own sweep did not get to */
    public record Table(String name, boolean expires, List<IndexModel> indexes) {
    }
}
