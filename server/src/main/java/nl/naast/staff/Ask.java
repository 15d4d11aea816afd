package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Wrap;

/** Challenges asked and answered: each is good once, for what it was asked for. */
final class Ask {
    /**
     * What a browser sends back.
     *
     * @param id        what {@link #ask} made
     * @param challenge the one that the credential says it answers
     */
    record Answer(byte[] id, String challenge, JsonObject credential) {
        static Optional<Answer> parse(JsonObject body, Challenge.Purpose purpose) {
            if (!(body.getValue("challengeId") instanceof String id) || !(body.getValue("credential") instanceof JsonObject credential)) {
                return Optional.empty();
            }
            return Base64Url.decode(id).flatMap(parsed -> Passkeys.challengeOf(credential, purpose).map(challenge -> new Answer(parsed, challenge, credential)));
        }
    }

    private final Challenges challenges;
    private final StaffRules rules;
    private final Clock clock;
    private final Wrap wrap;

    Ask(Challenges challenges, StaffRules rules, Clock clock, Wrap wrap) {
        this.challenges = challenges;
        this.rules = rules;
        this.clock = clock;
        this.wrap = wrap;
    }

    /** Nothing is kept: what was asked, for whom and until when comes back sealed in the id. @return {@code {challengeId, options}} */
    JsonObject ask(Challenge.Purpose purpose, StaffId person, JsonObject options) {
        return ask(purpose, "", person, options);
    }

    /** @param about what it is asked for besides: an answer to it is one to nothing else */
    JsonObject ask(Challenge.Purpose purpose, String about, StaffId person, JsonObject options) {
        JsonObject asked = new JsonObject().put("person", person.id().text()).put("expires", clock.now().plus(rules.challenge()).getEpochSecond());
        byte[] id = wrap.seal(place(purpose, about, options.getString("challenge")), asked.toBuffer().getBytes());
        return new JsonObject().put("challengeId", Base64Url.encode(id)).put("options", options);
    }

    /** The challenge that was answered; {@link Passkeys.Refused} when we never asked it for this, or its time is over. It is not used up yet. */
    Challenge asked(Challenge.Purpose purpose, Answer answer) {
        return asked(purpose, "", answer);
    }

    Challenge asked(Challenge.Purpose purpose, String about, Answer answer) {
        try {
            JsonObject asked = new JsonObject(Buffer.buffer(wrap.open(place(purpose, about, answer.challenge()), answer.id())));
            Challenge challenge = new Challenge(purpose, answer.challenge(), new StaffId(new Id16(asked.getString("person"))), Instant.ofEpochSecond(asked.getLong("expires")));
            if (challenge.expiresAt().isAfter(clock.now())) {
                return challenge;
            }
        } catch (Wrap.Forged notOurs) {
            // The same answer.
        }
        throw new Passkeys.Refused();
    }

    /** After the answer verified: good once. */
    Future<Void> use(Challenge challenge) {
        return challenges.use(challenge).compose(first -> first ? Future.succeededFuture() : Future.failedFuture(new Passkeys.Refused()));
    }

    /** Purpose, what it is about and value are bound to it: what was asked for one is no answer to the other. */
    private static String place(Challenge.Purpose purpose, String about, String value) {
        return "challenge " + purpose + " " + value + (about.isEmpty() ? "" : " " + about);
    }

    /** Whatever does not verify is the one refusal; our own failures stay failures. */
    static <T> Future<Outcome<T>> refused(Throwable failed) {
        return failed instanceof Passkeys.Refused ? Future.succeededFuture(Outcome.refused(Problem.NOT_SIGNED_IN)) : Future.failedFuture(failed);
    }
}
