"""Lives as tables (DOMAIN-children-privacy B4): from, verb, to, who, whether a reason is needed."""

from services.foundation.stages import Edge, edge, verbs_from

SITE, COUNTY, CITY = "site", "county", "city"
# The two sides of a letter.
PARTY_A, PARTY_B = "party_a", "party_b"


__all__ = ["Edge", "edge", "verbs_from"]

HOME = (
    Edge("planned", "start_building", "under_construction", COUNTY),
    Edge("under_construction", "declare_equipped", "equipped", COUNTY),
    Edge("equipped", "record_county_inspection", "county_inspected", COUNTY),
    Edge("county_inspected", "accept", "accepted", CITY),
    Edge("accepted", "open", "operating", COUNTY),
    Edge("operating", "suspend", "suspended", COUNTY, needs_reason=True),
    Edge("suspended", "resume", "operating", COUNTY, needs_reason=True),
    # A school can close, or never come up to the mark, long before the home opens its doors.
    *(
        Edge(origin, "reassign", "adjusted", CITY, needs_reason=True)
        for origin in ("equipped", "county_inspected", "accepted", "operating", "suspended")
    ),
    *(
        Edge(origin, "close", "closed", CITY, needs_reason=True)
        for origin in (
            *("planned", "under_construction", "equipped", "county_inspected"),
            *("accepted", "operating", "suspended", "adjusted"),
        )
    ),
)

APPLICATION = (
    Edge("draft", "submit", "submitted", SITE),
    Edge("returned", "submit", "submitted", SITE),
    Edge("submitted", "check", "county_checked", COUNTY),
    Edge("submitted", "return", "returned", COUNTY, needs_reason=True),
    Edge("county_checked", "take_up", "city_review", CITY),
    Edge("county_checked", "return", "returned", CITY, needs_reason=True),
    Edge("city_review", "return", "returned", CITY, needs_reason=True),
    Edge("city_review", "reject", "rejected", CITY, needs_reason=True),
    # By the approval of the plan that holds it, never by hand.
    Edge("city_review", "include", "included", CITY),
)
PLAN = (
    Edge("draft", "consult", "consult", CITY),
    Edge("consult", "take_back", "draft", CITY, needs_reason=True),
    Edge("consult", "approve", "approved", CITY),
    Edge("approved", "publish", "published", CITY),
    Edge("published", "replace", "amended", CITY),
)
LETTER = (
    Edge("draft", "sign_a", "signed_a", PARTY_A),
    Edge("signed_a", "sign_b", "signed_both", PARTY_B),
    Edge("signed_both", "fulfil", "fulfilled", PARTY_A),
    Edge("signed_both", "breach", "breached", PARTY_A, needs_reason=True),
    Edge("breached", "fulfil", "fulfilled", PARTY_A),
)
