package nl.naast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Id16;

/**
 * The fields of one frame: a flat JSON object of texts, whole numbers, yes/no, and at the most one level of "id: number" (the cursors of a desk's poll) or one short list of flat objects (the boxes of a report). Anything
 * else, a field twice, or something after it is malformed. Each getter takes its field away; {@link #end()} says that none is left.
 */
final class Fields {
    /** The largest whole number of a frame: 2^53-1. */
    static final long MAX = (1L << 53) - 1;
    private static final int LONGEST_LIST = 2;
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Not a frame of protocol.md. Without reason and trace. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super(null, null, false, false);
        }
    }

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    static Fields read(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            expect(in.nextToken() == JsonToken.START_OBJECT);
            Fields fields = new Fields(object(in, true));
            expect(in.nextToken() == null);
            return fields;
        } catch (IOException notJson) {
            throw Malformed.INSTANCE;
        }
    }

    private static Map<String, Object> object(JsonParser in, boolean outer) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            values.put(name, switch (in.nextToken()) {
                case VALUE_STRING -> in.getText();
                case VALUE_NUMBER_INT -> in.getLongValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case START_OBJECT -> outer ? object(in, false) : fail();
                case START_ARRAY -> outer ? list(in) : fail();
                default -> fail();
            });
        }
        expect(in.currentToken() == JsonToken.END_OBJECT);
        return values;
    }

    /** Of objects. */
    private static List<Fields> list(JsonParser in) throws IOException {
        List<Fields> list = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            expect(list.size() < LONGEST_LIST);
            list.add(new Fields(object(in, false)));
        }
        expect(in.currentToken() == JsonToken.END_ARRAY);
        return list;
    }

    private static Object fail() {
        throw Malformed.INSTANCE;
    }

    static void expect(boolean holds) {
        if (!holds) {
            throw Malformed.INSTANCE;
        }
    }

    private <T> T take(String name, Class<T> type) {
        Object value = values.remove(name);
        expect(type.isInstance(value));
        return type.cast(value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return take(name, String.class);
    }

    boolean yes(String name) {
        return take(name, Boolean.class);
    }

    long number(String name, long least, long most) {
        long value = take(name, Long.class);
        expect(value >= least && value <= most);
        return value;
    }

    /** The request number. */
    int n() {
        return (int) number("n", 1, Integer.MAX_VALUE);
    }

    /** The request number, if there is a good one: a refusal carries it back. */
    int nOrZero() {
        return values.get("n") instanceof Long n && n >= 1 && n <= Integer.MAX_VALUE ? n.intValue() : 0;
    }

    byte[] bytes(String name) {
        return Base64Url.decode(text(name)).orElseThrow(() -> Malformed.INSTANCE);
    }

    byte[] bytes(String name, int length) {
        byte[] bytes = bytes(name);
        expect(bytes.length == length);
        return bytes;
    }

    Id16 id(String name) {
        return id16(text(name));
    }

    /** A language tag in its form; whether it is one of ours is not known here. */
    String language(String name) {
        String tag = text(name);
        expect(tag.length() >= 2 && tag.length() <= 35 && tag.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'));
        return tag;
    }

    Map<Id16, Long> cursors(String name) {
        Map<?, ?> object = take(name, Map.class);
        Map<Id16, Long> cursors = new LinkedHashMap<>();
        object.forEach((id, cursor) -> {
            expect(cursor instanceof Long value && value >= 0 && value <= MAX);
            cursors.put(id16((String) id), (Long) cursor);
        });
        return cursors;
    }

    /** One object at the least. */
    List<Fields> objects(String name, int most) {
        List<?> list = take(name, List.class);
        expect(!list.isEmpty() && list.size() <= most);
        return list.stream().map(Fields.class::cast).toList();
    }

    private static Id16 id16(String text) {
        return Id16.parse(text).orElseThrow(() -> Malformed.INSTANCE);
    }

    void end() {
        expect(values.isEmpty());
    }
}
