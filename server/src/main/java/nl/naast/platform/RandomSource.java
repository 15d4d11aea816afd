package nl.naast.platform;

import java.security.SecureRandom;

/** Randomness as an argument. The system's is {@link SecureRandom}; a test may give its own. */
@FunctionalInterface
public interface RandomSource {
    /** @return {@code length} fresh random bytes */
    byte[] bytes(int length);

    static RandomSource system() {
        SecureRandom random = new SecureRandom();
        return length -> {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        };
    }
}
