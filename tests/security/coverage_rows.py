"""Who may open the addresses of coverage: see ``table.py``. The union is the one at which ``child`` stands, so that
``own`` is the place directly above it."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, INVOLVED, READERS, Row, at_the_desk, one, staff
from tests.security.world import POSITIONS

_FILERS = (Role.GRASSROOTS_OFFICER, Role.FEDERATION_OFFICER)
_seen = staff(READERS, INVOLVED)
_filed = staff(_FILERS, INVOLVED)
# Never at the union itself.
_decided = staff([Role.FEDERATION_OFFICER], ABOVE)
_keepers = staff([Role.FEDERATION_OFFICER], ABOVE)
# Whoever has a federation in her tree: a post at the union itself sets nothing.
_setting = staff([Role.FEDERATION_OFFICER], tuple(place for place in POSITIONS if place != "child"))


def _union(yes, **arguments) -> Row:
    return one(yes, no=_seen - yes, code="coverage_union.code", **arguments)


def _term(yes, **arguments) -> Row:
    return _union(yes, number="coverage_term.number", **arguments)


def _version(yes) -> Row:
    return one(yes, no=_seen - yes, pk="coverage_version.pk")


ROWS = {
    **{
        f"coverage_records:{page}": at_the_desk(staff(READERS))
        for page in ("list", "list_results", "requirements", "requirements_results")
    },
    "coverage_records:requirements_add": at_the_desk(_setting),
    "coverage_records:requirements_edit": _version(_keepers),
    "coverage_records:requirements_drop": _version(_keepers),
    "coverage_records:one": _union(_seen),
    **{f"coverage_records:{page}": _union(_filed) for page in ("prepare", "appoint", "state_union", "paper_add")},
    "coverage_records:paper": _union(_seen, paper="coverage_paper.token"),
    "coverage_records:paper_remove": _union(_filed, paper="coverage_paper.token"),
    **{f"coverage_records:{page}": _term(_filed) for page in ("elect", "call_off", "seat_add")},
    **{f"coverage_records:{page}": _term(_decided) for page in ("approve", "send_back", "correct")},
    **{
        f"coverage_standard:{page}": at_the_desk(staff(READERS))
        for page in ("assessments", "assessments_results", "checklists")
    },
    "coverage_standard:checklist_new": at_the_desk(_setting),
    # Every checklist above her is hers to read, so that of the town isn't hidden from those below it.
    "coverage_standard:checklist_in_force": one(
        _keepers, no=staff(READERS, INVOLVED) - _keepers, pk="coverage_checklist.pk"
    ),
    "coverage_standard:of_union": _union(_seen),
    "coverage_standard:begin": _union(_filed),
    "coverage_standard:assessment": _union(_seen, year="coverage_assessment.year"),
    "coverage_standard:evidence": _union(_filed, year="coverage_assessment.year", item="coverage_item.code"),
    "coverage_standard:review": _union(_decided, year="coverage_assessment.year"),
    "coverage_records:seat_leave": _term(_filed, seat="coverage_seat.pk"),
    "coverage_records:seat_fill": _term(_filed, seat="coverage_seat.pk"),
}
