package nl.naast.keys;

import nl.naast.canon.SignerRequest;

/**
 * Somebody whose six words were compared and typed: {@code N.enrolled} in the folder, two lines of base64url, her request and the root's signature on it.
 *
 * @param number from 1, in the order of enrolling; what her files are called by
 */
record Enrolled(int number, SignerRequest request, byte[] signature) {
    boolean by(byte[] rootPoint) {
        return RootKey.enrolled(rootPoint, request, signature);
    }

    /** One person under two names would be two signers: capitals make no other name. */
    boolean isCalled(String name) {
        return request.name().equalsIgnoreCase(name);
    }
}
