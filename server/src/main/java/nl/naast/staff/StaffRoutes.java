package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.naast.access.Role;
import nl.naast.access.StaffApiRoutes;
import nl.naast.access.StaffSessionHandler;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.SecretBytes;
import nl.naast.staff.Challenge.Purpose;

/** Docs/protocol.md §11: who is signed in, invitations, people. */
final class StaffRoutes {
    private static final Set<Role> ADMINISTRATOR = Set.of(Role.ADMINISTRATOR);

    private final Register register;
    private final SignIn signIn;
    private final Invite invite;
    private final Suspend suspend;
    private final KeepPasskeys passkeys;
    private final StaffRules rules;

    StaffRoutes(Register register, SignIn signIn, Invite invite, Suspend suspend, KeepPasskeys passkeys, StaffRules rules) {
        this.register = register;
        this.signIn = signIn;
        this.invite = invite;
        this.suspend = suspend;
        this.passkeys = passkeys;
        this.rules = rules;
    }

    void mount(StaffApiRoutes api) {
        api.openGet("/api/session", this::session);
        api.openPost("/api/invitation/look", Set.of("invitation"), (ctx, body) -> register.look(InvitationCode.parse(body.getValue("invitation"))));
        api.openPost("/api/register/options", Set.of("invitation"), (ctx, body) -> register.options(InvitationCode.parse(body.getValue("invitation"))));
        api.openPost("/api/register", Set.of("invitation", "challengeId", "credential"), this::register);
        api.openPost("/api/sign-in/options", Set.of(), (ctx, body) -> signIn.options().map(Outcome::done));
        api.openPost("/api/sign-in", Set.of("challengeId", "credential"), this::signIn);
        api.openPost("/api/sign-out", Set.of(), this::signOut);
        api.get("/api/people", Set.of(Role.ADMINISTRATOR, Role.COORDINATOR), session -> suspend.people());
        api.post("/api/people/suspend", ADMINISTRATOR, Set.of("id"), suspend::suspend);
        api.get("/api/invitations", ADMINISTRATOR, session -> invite.open());
        api.post("/api/invitations", ADMINISTRATOR, Set.of("id", "roles", "alias", "languages"), invite::invite);
        api.post("/api/invitations/withdraw", ADMINISTRATOR, Set.of("id"), invite::withdraw);
    }

    private Future<Outcome<JsonObject>> session(RoutingContext ctx) {
        return withToken(ctx, token -> token.map(signIn::find).orElse(Future.succeededFuture(Optional.empty())))
            .compose(found -> found.map(each -> told(each.person(), each.session().locked())).orElse(Future.succeededFuture(new JsonObject().put("signedIn", false)))).map(Outcome::done);
    }

    private Future<Outcome<JsonObject>> register(RoutingContext ctx, JsonObject body) {
        return withAnswer(body, Purpose.REGISTER, answer -> register.register(InvitationCode.parse(body.getValue("invitation")), answer).compose(registered -> switch (registered) {
            case Outcome.Done<Person>(Person person) -> withToken(ctx, before -> signIn.begin(person, before)).compose(begun -> signedIn(ctx, begun)).map(Outcome::done);
            case Outcome.Refused<Person>(Problem problem) -> Future.succeededFuture(Outcome.refused(problem));
        }));
    }

    private Future<Outcome<JsonObject>> signIn(RoutingContext ctx, JsonObject body) {
        return withAnswer(body, Purpose.SIGN_IN, answer -> withToken(ctx, before -> signIn.signIn(answer, before)).compose(signed -> switch (signed) {
            case Outcome.Done<SignIn.Begun>(SignIn.Begun begun) -> signedIn(ctx, begun).map(Outcome::done);
            case Outcome.Refused<SignIn.Begun>(Problem problem) -> Future.succeededFuture(Outcome.refused(problem));
        }));
    }

    private static Future<Outcome<JsonObject>> withAnswer(JsonObject body, Purpose purpose, Function<Ask.Answer, Future<Outcome<JsonObject>>> use) {
        return Ask.Answer.parse(body, purpose).map(use).orElse(Future.succeededFuture(Outcome.refused(Problem.NOT_SIGNED_IN)));
    }

    /** The cookie goes whatever was behind it; it is set after it was read, because Vert.x keeps one jar for both directions. */
    private Future<Outcome<JsonObject>> signOut(RoutingContext ctx, JsonObject body) {
        return withToken(ctx, token -> token.map(signIn::signOut).orElse(Future.succeededFuture(Outcome.refused(Problem.NOT_SIGNED_IN))))
            .onSuccess(done -> ctx.response().addCookie(cookie("").setMaxAge(0)));
    }

    private Future<JsonObject> signedIn(RoutingContext ctx, SignIn.Begun begun) {
        try (SecretBytes token = begun.token()) {
            ctx.response().addCookie(cookie(Base64Url.encode(token.expose())));
        }
        return told(begun.person(), false);
    }

    /** SESSION of docs/protocol.md §11. */
    private Future<JsonObject> told(Person person, boolean locked) {
        return passkeys.count(person.id()).map(count -> person.json().put("signedIn", true).put("locked", locked).put("organisation", rules.organisation()).put("trial", rules.trial()).put("passkeys", count));
    }

    /** The prefix binds it to this very origin, without a Domain and only over a trustworthy connection (RFC 6265bis §4.1.3.2); gone with the browser. */
    private static Cookie cookie(String value) {
        return Cookie.cookie(StaffSessionHandler.COOKIE, value).setPath("/").setSecure(true).setHttpOnly(true).setSameSite(CookieSameSite.STRICT);
    }

    /** The token in the cookie, if there is one, for as long as it is needed. */
    private static <T> Future<T> withToken(RoutingContext ctx, Function<Optional<SecretBytes>, Future<T>> use) {
        Optional<SecretBytes> token = StaffSessionHandler.token(ctx.request());
        return use.apply(token).onComplete(done -> token.ifPresent(SecretBytes::close));
    }
}
