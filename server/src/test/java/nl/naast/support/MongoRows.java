package nl.naast.support;

import com.mongodb.ConnectionString;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** As {@link Rows}, of a MongoDB database: two readings are equal when nothing was written between them, because each write leaves another mark. */
public final class MongoRows implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;

    public MongoRows(String uri) {
        client = MongoClients.create(uri);
        database = client.getDatabase(new ConnectionString(uri).getDatabase());
    }

    public List<String> read() {
        return Rows.PEOPLES.stream().flatMap(this::read).toList();
    }

    private Stream<String> read(String collection) {
        return Flux.from(database.getCollection(collection).find().sort(Sorts.ascending("_id"))).map(found -> collection + " " + found.toJson()).toStream();
    }

    @Override
    public void close() {
        client.close();
    }
}
