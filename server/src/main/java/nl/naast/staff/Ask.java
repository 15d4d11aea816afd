package nl.naast.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.RandomSource;

/** Challenges asked and answered: each is good once, for what it was asked for. */
final class Ask {
    /**
     * What a browser sends back.
     *
     * @param challenge the one that the credential says it answers
     */
    record Answer(Id16 id, String challenge, JsonObject credential) {
        static Optional<Answer> parse(JsonObject body, Challenge.Purpose purpose) {
            if (!(body.getValue("challengeId") instanceof String id) || !(body.getValue("credential") instanceof JsonObject credential)) {
                return Optional.empty();
            }
            return Id16.parse(id).flatMap(parsed -> Passkeys.challengeOf(credential, purpose).map(challenge -> new Answer(parsed, challenge, credential)));
        }
    }

    private final Challenges challenges;
    private final StaffRules rules;
    private final Clock clock;
    private final RandomSource random;

    Ask(Challenges challenges, StaffRules rules, Clock clock, RandomSource random) {
        this.challenges = challenges;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /** Keeps the options' challenge. @return {@code {challengeId, options}} */
    Future<JsonObject> ask(Challenge.Purpose purpose, StaffId person, JsonObject options) {
        Id16 id = Id16.random(random);
        return challenges.put(new Challenge(id, purpose, person, clock.now().plus(rules.challenge())), options.getString("challenge"))
            .map(new JsonObject().put("challengeId", id.text()).put("options", options));
    }

    /** The challenge that was answered, used up; fails with {@link Passkeys.Refused} when there is none. */
    Future<Challenge> answered(Challenge.Purpose purpose, Answer answer) {
        return challenges.take(answer.id(), answer.challenge(), purpose).compose(found -> found.map(Future::succeededFuture).orElse(Future.failedFuture(new Passkeys.Refused())));
    }

    /** Whatever does not verify is the one refusal; our own failures stay failures. */
    static <T> Future<Outcome<T>> refused(Throwable failed) {
        return failed instanceof Passkeys.Refused ? Future.succeededFuture(Outcome.refused(Problem.NOT_SIGNED_IN)) : Future.failedFuture(failed);
    }
}
