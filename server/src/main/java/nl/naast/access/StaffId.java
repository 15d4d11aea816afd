package nl.naast.access;

import nl.naast.platform.Id16;

/** A member of staff. The id is random; what is stored of it beside a conversation is a tag only. */
public record StaffId(Id16 id) {
    @Override
    public String toString() {
        return "StaffId[***]";
    }
}
