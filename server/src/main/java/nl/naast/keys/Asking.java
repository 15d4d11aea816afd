package nl.naast.keys;

/** Whom the ceremony talks with. */
interface Asking {
    void say(String line);

    /** What is typed may be seen. */
    String line(String prompt);

    /** What is typed is not shown. */
    char[] secret(String prompt);
}
