package nl.naast.trust;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.naast.access.StaffId;
import nl.naast.canon.Certificate;
import nl.naast.platform.Base64Url;
import nl.naast.trust.Ledger.Entry;
import nl.naast.trust.Ledger.Given;
import nl.naast.trust.Ledger.Proposal;
import nl.naast.trust.Ledger.SignedRevocation;
import nl.naast.trust.Ledger.SignedRoster;

/** What a signer's console is shown (docs/protocol.md §11); it checks all of it itself. */
final class SigningView {
    private SigningView() {
    }

    /** @param signers empty: a trial, whose signers stand in its roster */
    static JsonObject of(Ledger ledger, Optional<Signers> signers) {
        List<Certificate> certificates = signers.map(of -> of.certified(ledger)).orElseGet(() -> ledger.roster().map(signed -> signed.roster().signers()).orElse(List.of()));
        return new JsonObject().put("root", signers.map(of -> Base64Url.encode(of.root())).orElse(null)).put("trial", signers.isEmpty()).put("certificates", array(certificates, each -> Base64Url.encode(each.encode())))
            .put("statements", array(ledger.newest(), SigningView::entry)).put("proposals", array(ledger.pending().proposals().stream().filter(each -> !each.refused()).toList(), SigningView::proposal))
            .put("version", ledger.version()).put("roster", ledger.roster().map(signed -> Base64Url.encode(signed.bytes())).orElse(null))
            .put("rosterUntil", ledger.roster().map(SignedRoster::validUntil).map(java.time.Instant::toEpochMilli).orElse(null))
            .put("draft", ledger.pending().draft().map(draft -> unsigned(new JsonObject(), draft.unsigned(), draft.signatures())).orElse(null))
            .put("withdrawn", array(ledger.withdrawn(), SigningView::entry)).put("revocations", array(ledger.revocations().stream().map(SignedRevocation::bytes).toList(), Base64Url::encode));
    }

    private static JsonObject entry(Entry entry) {
        return person(entry.who()).put("signed", Base64Url.encode(entry.bytes()));
    }

    private static JsonObject proposal(Proposal proposal) {
        return unsigned(person(proposal.who()), proposal.unsigned(), proposal.signatures());
    }

    private static JsonObject unsigned(JsonObject json, byte[] unsigned, List<Given> signatures) {
        return json.put("unsigned", Base64Url.encode(unsigned))
            .put("signatures", array(signatures, given -> new JsonObject().put("signer", Base64Url.encode(given.one().signer().bytes())).put("signature", Base64Url.encode(given.one().signature()))));
    }

    private static JsonObject person(StaffId who) {
        return new JsonObject().put("person", who.id().text());
    }

    private static <T> JsonArray array(List<T> all, Function<T, ?> each) {
        return new JsonArray(all.stream().<Object>map(each).toList());
    }
}
