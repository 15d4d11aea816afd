package nl.naast.report;

import java.time.Duration;

/**
 * What binds every report (docs/protocol.md §10, docs/retention.md).
 *
 * @param kept             how long one is kept at the most
 * @param afterAnswers     how long when everybody has answered
 * @param ofOneConversation how many there are of one conversation at the most
 */
public record ReportRules(Duration kept, Duration afterAnswers, int ofOneConversation) {
    /** Docs/retention.md, as the one after it. */
    public static final Duration REPORT_KEPT = Duration.ofDays(30);
    public static final Duration AFTER_ANSWERS = Duration.ofDays(7);

    public static ReportRules standard() {
        return new ReportRules(REPORT_KEPT, AFTER_ANSWERS, 3);
    }
}
