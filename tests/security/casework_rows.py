"""Who may open the addresses of casework: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, ALL_STAFF, OVER, READERS, WRITERS, at_the_desk, for_anybody, hers, one, staff
from tests.security.world import OWNER

_OWNER = frozenset({OWNER})


def _own(**arguments):
    return hers(_OWNER, token="case.token", **arguments)


HERS = {
    "casework:list": hers(),
    "casework:authorisations": hers(),
    "casework:revoke": hers(_OWNER, token="authorisation.token"),
    **{
        f"casework:{page}": _own()
        for page in (
            *("case", "supply", "withdraw", "appeal", "take_over", "documents", "uploads"),
            *("complain", "complaint_withdraw"),
        )
    },
    "casework:example": for_anybody(token="example.token"),
    "casework:document": _own(document="document.token"),
    "casework:remove": _own(document="document.token"),
    "casework:upload": _own(upload="upload.token"),
    "casework:upload_finish": _own(upload="upload.token"),
}
PAPERS = {
    "casework_papers:one": one(staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="document.token"),
}
_seeing = staff(READERS, ABOVE)
_publishing = staff(WRITERS, ["own"])

NOTICES = {
    "notices:list": for_anybody(),
    "notices:status": for_anybody(),
    "notices:notice": for_anybody(token="public_notice.token"),
    "notices:object": for_anybody(token="public_notice.token", position="notice_line.position"),
    "notices:own_line": hers(frozenset({OWNER}), token="notice_line.case.token"),
    "notices:answer": hers(frozenset({OWNER}), token="notice_line.case.token", key="objection.pk"),
    **{
        f"casework_notices:{page}": at_the_desk(staff(READERS))
        for page in ("list", "list_results", "waiting", "objections", "objections_results")
    },
    # A notice is made at the desk itself: for everybody else there is no such desk.
    "casework_notices:publish": one(_publishing, organization="organization.code", service="allowance"),
    "casework_notices:notice": one(_seeing, token="public_notice.token"),
    "casework_notices:take_down": one(_publishing, no=_seeing - _publishing, token="public_notice.token"),
    "casework_notices:objection": one(_seeing, no=ALL_STAFF - staff(READERS), key="objection.pk"),
}

_reads_nothing = ALL_STAFF - staff(READERS)
_handling = staff(WRITERS, ABOVE)
_keeping_words = staff([Role.FEDERATION_OFFICER, Role.CASE_OFFICER], ["top"])
_keeping_routes = staff([Role.FEDERATION_OFFICER], ["top"])
_reading_routes = staff(READERS)
_top = staff([Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR], ["top"])


def _case(yes, **arguments):
    """A page about one case; readers of the roster who may not do this are told so."""
    return one(yes, no=_seeing - yes, token="case.token", **arguments)


DESK = {
    **{
        f"casework_desk:{page}": at_the_desk(staff(READERS))
        for page in (
            "list",
            "list_results",
            "overdue",
            "find",
            "many_claim",
            "many_hand_over",
            "many_pass",
            "many_approve",
        )
    },
    **{
        f"casework_desk:{page}": one(_seeing, no=_reads_nothing, token="case.token")
        for page in ("case", "claim", "take_over", "put_back")
    },
    # The case of this world is her own: nobody signed anything.
    "casework_desk:paper": one(frozenset(), token="case.token"),
    "casework_desk:hand_over": _case(_handling),
    "casework_desk:recuse": _case(_handling),
    # The step lies at the township itself: those above take the case over first.
    "casework_desk:papers": _case(staff(WRITERS, ["own"])),
    "casework_desk:supplied": _case(staff(WRITERS, ["own"])),
    "casework_desk:ask": _case(staff(WRITERS, ["own"])),
    "casework_desk:act": _case(staff(WRITERS, ["own"]), verb="pass_step"),
    **{
        f"casework_desk:{page}": at_the_desk(staff(WRITERS))
        for page in (
            *("deputies", "deputies_results", "deputy_add", "reasons", "reasons_results"),
            *("complaints", "complaints_results"),
        )
    },
    **{f"casework_desk:{page}": at_the_desk(staff(READERS)) for page in ("rechecks", "rechecks_results")},
    "casework_desk:recheck_add": at_the_desk(staff([Role.FEDERATION_OFFICER, Role.CASE_OFFICER])),
    **{
        f"casework_desk:{page}": one(_seeing, no=_reads_nothing, token="recheck.token")
        for page in ("recheck", "recheck_frame")
    },
    "casework_desk:recheck_item": one(
        _handling, no=_reads_nothing | staff([Role.AUDITOR], ABOVE), token="recheck.token", place="second_look.place"
    ),
    # It lies above the township that handles the case: whoever handles it there finds nothing.
    "casework_desk:complaint": one(staff(WRITERS, OVER), no=ALL_STAFF - staff(WRITERS), token="complaint.token"),
    **{
        f"casework_desk:{page}": at_the_desk(staff([Role.FEDERATION_OFFICER, Role.CASE_OFFICER]))
        for page in ("examples", "examples_results", "example_add")
    },
    "casework_desk:example_drop": one(_keeping_words, token="example.token"),
    "casework_desk:reason_add": at_the_desk(staff([Role.FEDERATION_OFFICER, Role.CASE_OFFICER])),
    **{
        f"casework_desk:{page}": at_the_desk(staff(READERS))
        for page in ("routes", "routes_results", "days", "days_results")
    },
    "casework_desk:route_add": at_the_desk(staff([Role.FEDERATION_OFFICER])),
    "casework_desk:day_set": at_the_desk(_top),
    "casework_desk:day_clear": one(_top, no=ALL_STAFF - _top, pk="day_exception.pk"),
    "casework_desk:deputy_end": one(
        staff([Role.FEDERATION_OFFICER], ABOVE) | staff([Role.GRASSROOTS_OFFICER], ["own"]),
        # The deputy herself knows of it; to end it is for whom she stands in for.
        no=staff([Role.CASE_OFFICER], ["own"]),
        pk="deputy.pk",
    ),
    **{
        f"casework_desk:{page}": one(_keeping_words, no=staff(WRITERS) - _keeping_words, pk="canned_reason.pk")
        for page in ("reason", "reason_drop")
    },
    "casework_desk:route": one(
        _reading_routes, no=_reads_nothing, code="review_route.code", version="review_route.version"
    ),
    **{
        f"casework_desk:{page}": one(
            _keeping_routes,
            no=_reading_routes - _keeping_routes,
            code="review_route.code",
            version="review_route.version",
        )
        for page in ("route_edit", "route_next", "route_activate")
    },
}

ROWS = HERS | PAPERS | NOTICES | DESK
