package nl.naast.report;

import nl.naast.platform.Id16;

/** Names a report; made by the visitor's page. */
public record ReportId(Id16 id) {
    @Override
    public String toString() {
        return "ReportId[***]";
    }
}
