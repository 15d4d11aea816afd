package nl.naast.platform;

import java.util.List;

/**
 * One step of the schema, given by the capability that owns the tables. Steps are carried out in the order of their numbers, each once, each in one transaction.
 *
 * @param number 1, 2, 3 … without gaps over all capabilities together
 * @param statements SQL statements, without a semicolon at the end
 */
public record Migration(int number, String name, List<String> statements) {
}
