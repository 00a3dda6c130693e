"""Who may open the addresses of inspections: see ``table.py``. The home stands at the town itself: ``own`` is the home,
``parent`` its county, ``top`` its city."""

from services.home_inspections.enums import INSPECTING
from services.home_inspections.enums import READERS as READING
from services.organizations.enums import Role
from tests.security.rows import ABOVE, OVER, Row, at_the_desk, for_anybody, one, staff
from tests.security.world import SUPERUSER

_READ = tuple(READING)
_all = staff(_READ)
_seen = staff(_READ, ABOVE)
# Rubric, draw and evaluation are the city's: whoever holds a post below it may read them.
_of_city = staff([Role.WF_OFFICER], ["top"])
_of_county = staff([Role.WF_OFFICER], ["parent", "top"])
_running = staff([Role.WF_OFFICER, Role.HOME_TEACHER], ABOVE)
_leading = staff([Role.WF_OFFICER], ["top"])
_inspecting = staff(tuple(INSPECTING))
# A county lies within reach of those who stand at it or above.
_at_county = staff(positions=OVER)
_reading_county = staff(_READ, OVER)


def _visit(yes, **arguments) -> Row:
    return one(yes, no=_seen - yes, token="visit.token", **arguments)


def _finding(yes) -> Row:
    return one(yes, no=_seen - yes, token="finding.token")


def _draw(yes, **arguments) -> Row:
    return one(yes, no=_all - yes, token="home_draw.token", **arguments)


def _evaluation(yes, no=None, **arguments) -> Row:
    return one(yes, no=_all - yes if no is None else no, token="evaluation.token", **arguments)


def _line(yes) -> Row:
    return _evaluation(yes, no=_seen - yes, code="inspected_home.code")


def _notice(yes, **arguments) -> Row:
    return one(yes, no=_seen - yes, token="home_notice.token", **arguments)


ROWS = {
    **{
        f"home_inspections_desk:{page}": at_the_desk(_all)
        for page in (
            *("list", "list_results", "progress", "rubrics", "findings", "findings_results", "draws"),
            *("figures", "figures_print", "figures_workbook", "evaluations"),
        )
    },
    **{
        f"home_inspections_desk:{page}": at_the_desk(_leading) for page in ("rubric_begin", "freeze", "evaluation_open")
    },
    "home_inspections_desk:conflicts": at_the_desk(_inspecting),
    # Nobody's but her own who declared it.
    "home_inspections_desk:conflict_withdraw": one(
        frozenset(), no=staff() - _inspecting | {SUPERUSER}, pk="home_conflict.pk"
    ),
    "home_inspections_desk:county": one(_reading_county, no=_at_county - _reading_county, code="inspected_county.code"),
    **{
        f"home_inspections_desk:{page}": one(_of_city, no=_at_county - _of_city, code="inspected_county.code")
        for page in ("county_settle", "county_reopen")
    },
    "home_inspections_desk:rubric": one(_of_city, no=_all - _of_city, pk="rubric.pk"),
    "home_inspections_desk:rubric_in_force": one(_of_city, no=_all - _of_city, pk="rubric.pk"),
    "home_inspections_desk:schedule": one(_of_county, no=_seen - _of_county, code="inspected_home.code"),
    "home_inspections_desk:one": _visit(_seen),
    "home_inspections_desk:print": _visit(_seen),
    # Nobody of these was sent.
    **{
        f"home_inspections_desk:{page}": _visit(frozenset())
        for page in ("begin", "score", "sync", "photo_add", "sign", "sign_host", "reopen", "settle")
    },
    **{f"home_inspections_desk:{page}": _visit(_of_county) for page in ("confirm", "again", "call_off", "third")},
    "home_inspections_desk:photo": one(_seen, token="evidence.token"),
    "home_inspections_desk:photo_remove": one(frozenset(), no=_seen, token="evidence.token"),
    "home_inspections_desk:finding": _finding(_seen),
    "home_inspections_desk:hand_in": _finding(_running),
    **{f"home_inspections_desk:{page}": _finding(_of_county) for page in ("accept", "give_back")},
    "home_inspections_desk:draw": _draw(_all),
    **{f"home_inspections_desk:{page}": _draw(_of_city) for page in ("seed", "run", "publish", "execute", "void")},
    "home_inspections_desk:not_visited": _draw(_of_city, code="home_draw_line.code"),
    "home_inspections_desk:evaluation": _evaluation(_all),
    "home_inspections_desk:evaluation_step": _evaluation(_of_city, verb="close"),
    "home_inspections_desk:mark": _line(_of_city),
    "home_inspections_desk:propose": _line(_of_city),
    "home_inspections_desk:notice": _notice(_seen),
    "home_inspections_desk:notice_step": _notice(_running, verb="object"),
    "home_draws:draws": for_anybody(),
    **{f"home_draws:{page}": for_anybody(token="home_draw.token") for page in ("draw", "frame", "frame_csv", "result")},
    "home_draws:grades": for_anybody(token="evaluation.token"),
}
