package nl.naast.interop;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LifeTime;
import org.bouncycastle.mls.codec.Capabilities;
import org.bouncycastle.mls.codec.Credential;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group;

/** One member of a group as Bouncy Castle sees it (suite 2). Single thread: the library's suites are shared and not safe for more. */
final class BouncyMember {
    private static final int FOUND_SIZE_TRIES = 60;
    private final SecureRandom random = new SecureRandom();
    private final MlsCipherSuite suite;
    private final AsymmetricCipherKeyPair init;
    private final AsymmetricCipherKeyPair leafKey;
    private final byte[] signatureKey;
    private final LeafNode leaf;
    private final KeyPackage keyPackage;
    private Group group;
    private Group staged;

    BouncyMember(byte[] identity) throws Exception {
        suite = MlsCipherSuite.getSuite(MlsCipherSuite.MLS_128_DHKEMP256_AES128GCM_SHA256_P256);
        init = suite.getHPKE().generatePrivateKey();
        leafKey = suite.getHPKE().generatePrivateKey();
        var signature = suite.generateSignatureKeyPair();
        signatureKey = suite.serializeSignaturePrivateKey(signature.getPrivate());
        leaf = new LeafNode(suite, suite.getHPKE().serializePublicKey(leafKey.getPublic()),
            suite.serializeSignaturePublicKey(signature.getPublic()), Credential.forBasic(identity), new Capabilities(), anHour(), new ArrayList<>(), signatureKey);
        keyPackage = new KeyPackage(suite, suite.getHPKE().serializePublicKey(init.getPublic()), leaf, new ArrayList<>(), signatureKey);
    }

    private static LifeTime anHour() throws Exception {
        long now = Instant.now().getEpochSecond();
        return (LifeTime) MLSInputStream.decode(ByteBuffer.allocate(16).putLong(now - 60).putLong(now + 3600).array(), LifeTime.class);
    }

    byte[] keyPackage() throws Exception {
        return MLSOutputStream.encode(MLSMessage.keyPackage(keyPackage));
    }

    byte[] publicSignatureKey() {
        return leaf.getSignatureKey();
    }

    void create(byte[] groupId) throws Exception {
        group = new Group(groupId, suite, leafKey, signatureKey, leaf.copy(leaf.getEncryptionKey()), new ArrayList<>());
    }

    void join(byte[] welcome) throws Exception {
        group = new Group(suite.getHPKE().serializePrivateKey(init.getPrivate()), leafKey, signatureKey, keyPackage,
            message(welcome).welcome, null, new HashMap<>(), new HashMap<>());
    }

    /** The commit and, when somebody is added, the Welcome; in force after {@link #apply}. */
    byte[][] add(byte[] theirs) throws Exception {
        return commit(List.of(Proposal.add(message(theirs).keyPackage)), false);
    }

    byte[][] remove(int at) throws Exception {
        return commit(List.of(Proposal.remove(new LeafIndex(at))), true);
    }

    byte[][] update() throws Exception {
        return commit(List.of(), true);
    }

    private byte[][] commit(List<Proposal> proposals, boolean path) throws Exception {
        var made = group.commit(new Secret(random(32)), new Group.CommitOptions(new ArrayList<>(proposals), true, path, null),
            new Group.MessageOptions(true, new byte[0], 600), new Group.CommitParameters(Group.NORMAL_COMMIT_PARAMS));
        staged = made.group;
        var welcome = new MLSMessage(WireFormat.mls_welcome);
        welcome.welcome = made.message.welcome;
        return new byte[][] {MLSOutputStream.encode(made.message), made.message.welcome == null ? new byte[0] : MLSOutputStream.encode(welcome)};
    }

    void apply() {
        group = staged;
    }

    void handle(byte[] commit) throws Exception {
        group = group.handle(commit, null);
    }

    /** A message of exactly this size: signatures differ by a byte or two, so it seals until one fits. The other skips the generations. */
    byte[] seal(byte[] plain, int size) throws Exception {
        int padding = size - sealed(plain, 0).length;
        for (int i = 0; i < FOUND_SIZE_TRIES; i++) {
            byte[] message = sealed(plain, padding);
            if (message.length == size) {
                return message;
            }
        }
        throw new IllegalStateException("no message of " + size + " bytes");
    }

    private byte[] sealed(byte[] plain, int padding) throws Exception {
        return MLSOutputStream.encode(group.protect(new byte[0], plain, padding));
    }

    byte[] open(byte[] message) throws Exception {
        return group.unprotect(message(message))[1];
    }

    byte[] export(String label, int length) throws Exception {
        return group.getKeySchedule().MLSExporter(label, new byte[0], length);
    }

    byte[] authenticator() {
        return group.getEpochAuthenticator();
    }

    private static MLSMessage message(byte[] bytes) throws Exception {
        return (MLSMessage) MLSInputStream.decode(bytes, MLSMessage.class);
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
