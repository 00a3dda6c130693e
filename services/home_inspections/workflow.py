"""The ways of an inspection, a draw, an evaluation and a notice as tables (DOMAIN-children-privacy B4)."""

from services.foundation.stages import Edge

INSPECTORS, COUNTY, CITY, CLOCK = "inspectors", "county", "city", "clock"

INSPECTION = (
    Edge("scheduled", "begin", "in_field", INSPECTORS),
    Edge("scheduled", "call_off", "called_off", COUNTY, needs_reason=True),
    Edge("in_field", "call_off", "called_off", COUNTY, needs_reason=True),
    Edge("in_field", "score", "scored", INSPECTORS),
    Edge("scored", "reopen", "in_field", INSPECTORS, needs_reason=True),
    Edge("scored", "sign", "signed", INSPECTORS),
    Edge("signed", "confirm", "confirmed", COUNTY),
    Edge("signed", "fail", "rectifying", COUNTY),
    Edge("rectifying", "escalate", "escalated", COUNTY),
    Edge("rectifying", "put_right", "put_right", COUNTY),
    Edge("escalated", "put_right", "put_right", COUNTY),
)

DRAW = (
    Edge("frame_frozen", "commit_seed", "seed_committed", CITY),
    Edge("seed_committed", "draw", "drawn", CITY),
    Edge("drawn", "publish", "published", CITY),
    Edge("published", "execute", "executed", CITY),
    Edge("frame_frozen", "void", "void", CITY, needs_reason=True),
    Edge("seed_committed", "void", "void", CITY, needs_reason=True),
    Edge("drawn", "void", "void", CITY, needs_reason=True),
    Edge("published", "void", "void", CITY, needs_reason=True),
)

EVALUATION = (
    Edge("open", "ask_homes", "self_score", CITY),
    Edge("self_score", "ask_counties", "county_score", CITY),
    Edge("county_score", "sample", "city_sample", CITY),
    Edge("city_sample", "grade", "graded", CITY),
    Edge("graded", "publicise", "publicised", CITY),
    Edge("publicised", "close", "closed", CITY),
)

RECOGNITION = (
    Edge("proposed", "review", "reviewed", CITY),
    Edge("proposed", "drop", "dropped", CITY, needs_reason=True),
    Edge("reviewed", "publish", "public_notice", CITY),
    Edge("reviewed", "drop", "dropped", CITY, needs_reason=True),
    Edge("public_notice", "object", "objection", COUNTY, needs_reason=True),
    Edge("public_notice", "issue", "issued", CITY),
    Edge("objection", "uphold", "issued", CITY, needs_reason=True),
    Edge("objection", "give_way", "decided", CITY, needs_reason=True),
)
