package nl.naast.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import nl.naast.canon.Statement;
import nl.naast.support.RosterSigner;
import nl.naast.support.StaffWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whom visitors may report to: coordinators whose statements are served")
class CoordinatorPapersTest {
    private SigningWorld here;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        here = new SigningWorld(directory);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private CoordinatorPapers papers() {
        return StaffWorld.await(here.world.trust.coordinators());
    }

    private List<String> hashes() {
        return papers().served().stream().map(each -> each.hash().toString()).toList();
    }

    // seen failing: with the role not looked at in Ledger.readers, the expert was among them; with served() not asked, a statement was there that no roster names
    @Test
    @DisplayName("named by the newest roster, the newest of each, and of coordinators only; nobody before, and nobody when it has run out")
    void served() {
        here.served();
        Statement older = here.signed(here.zoe.browser);
        assertEquals(List.of(), hashes(), "no roster names it yet");
        here.listed();
        assertEquals(List.of(older.hash().toString()), hashes());
        assertEquals(SigningWorld.id(here.zoe.browser), papers().served().getFirst().who());
        Statement newer = here.signed(here.zoe.browser);
        assertEquals(List.of(older.hash().toString()), hashes());
        here.listed();
        assertEquals(List.of(newer.hash().toString()), hashes());
        here.world.clock.move(java.time.Duration.ofDays(8));
        assertEquals(List.of(), hashes());
        assertEquals(false, papers().roster().isPresent());
    }

    @Test
    @DisplayName("revoked by one signer: at once nobody, and her statement is told as revoked")
    void revoked() {
        Statement zoes = here.signed(here.zoe.browser);
        here.listed();
        assertEquals(1, papers().served().size());
        RosterSigner.done(List.of(here.anna.revoke(here.anna.revocation(zoes, here.now()))));
        assertEquals(List.of(), hashes());
        assertEquals(Set.of(zoes.hash()), papers().revoked());
        assertEquals(1, papers().revocations().size());
    }
}
