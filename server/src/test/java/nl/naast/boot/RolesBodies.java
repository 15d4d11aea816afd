package nl.naast.boot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import nl.naast.house.Peer;
import nl.naast.support.Browser;

/** Bodies of {@link RolesScene} that take some asking first. */
final class RolesBodies {
    private RolesBodies() {
    }

    static JsonObject passkey(Browser browser) {
        JsonObject asked = browser.post("/api/passkeys/options", new JsonObject().put("proof", browser.proof("add-passkey"))).body();
        return Browser.answered(asked, browser.authenticator().create(asked.getJsonObject("options")));
    }

    static JsonObject proof(Browser browser) {
        JsonObject asked = browser.post("/api/proof/options", new JsonObject().put("act", "keyring")).body();
        return Browser.answered(asked, browser.passkey.get(asked.getJsonObject("options"))).put("act", "keyring");
    }

    static JsonObject keyring(Browser browser) {
        JsonObject item = vaultItem("keyring", browser);
        item.remove("item");
        item.remove("lines");
        return item.put("proof", browser.proof("keyring"));
    }

    /** The next version of it. */
    static JsonObject vaultItem(String item, Browser browser) {
        long seen = browser.get("/api/vault").body().getJsonArray("items").stream().map(JsonObject.class::cast).filter(each -> each.getString("item").equals(item)).mapToLong(each -> each.getLong("version")).findFirst().orElse(0);
        return new JsonObject().put("item", item).put("seen", seen).put("write", Peer.id()).put("body", "AAAA").put("lines", new JsonArray());
    }

    static long now() {
        return System.currentTimeMillis() / 1000;
    }

    static JsonObject invitation(String id) {
        return new JsonObject().put("id", id).put("alias", "New").put("roles", new JsonArray().add("coordinator")).put("languages", new JsonArray().add("nl"));
    }
}
