package nl.naast.canon;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/** ECDSA over P-256 with SHA-256: keys as uncompressed points of 65 bytes, signatures as strict DER (docs/formats.md). */
public final class P256 {
    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger P = ((ECFieldFp) CURVE.getCurve().getField()).getP();

    private P256() {
    }

    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(CURVE);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** {@code 0x04 ‖ x ‖ y}. */
    public static byte[] point(PublicKey key) {
        ECPoint w = ((ECPublicKey) key).getW();
        return new Writer().u8(4).bytes(coordinate(w.getAffineX())).bytes(coordinate(w.getAffineY())).done();
    }

    /** Whether these are 65 bytes of an uncompressed point that lies on the curve (SEC 1 §3.2.2.1; P-256 has cofactor 1). */
    public static boolean isPoint(byte[] bytes) {
        if (bytes.length != 65 || bytes[0] != 4) {
            return false;
        }
        BigInteger x = new BigInteger(1, bytes, 1, 32);
        BigInteger y = new BigInteger(1, bytes, 33, 32);
        BigInteger right = x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB());
        return x.compareTo(P) < 0 && y.compareTo(P) < 0 && y.pow(2).subtract(right).mod(P).signum() == 0;
    }

    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** False for anything that is not this key's signature in strict DER; never throws on hostile bytes. */
    public static boolean verify(byte[] point, byte[] message, byte[] der) {
        if (!isPoint(point) || !isStrictDer(der)) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key(point));
            signature.update(message);
            return signature.verify(der);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** SEQUENCE of two positive INTEGERs, lengths and numbers minimal, nothing behind (X.690 §8.3, §10.1). P-256 keeps every length below 128. */
    static boolean isStrictDer(byte[] der) {
        if (der.length < 8 || der.length > 72 || der[0] != 0x30 || der[1] != der.length - 2) {
            return false;
        }
        int second = integerEnd(der, 2);
        return second > 0 && integerEnd(der, second) == der.length;
    }

    /** Where the integer at {@code at} ends, or -1. */
    private static int integerEnd(byte[] der, int at) {
        if (at + 2 >= der.length || der[at] != 2) {
            return -1;
        }
        int length = der[at + 1];
        int end = at + 2 + length;
        if (length < 1 || length > 33 || end > der.length || der[at + 2] < 0) {
            return -1;
        }
        boolean padded = length > 1 && der[at + 2] == 0 && der[at + 3] >= 0;
        return padded ? -1 : end;
    }

    private static PublicKey key(byte[] point) throws GeneralSecurityException {
        ECPoint w = new ECPoint(new BigInteger(1, point, 1, 32), new BigInteger(1, point, 33, 32));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, CURVE));
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, out, 32 - length, length);
        return out;
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("this Java lacks ECDSA over P-256, or was given another curve's key", e);
    }
}
