"""Who may open the addresses of the homes: see ``table.py``. The home is in the school at which ``child`` stands; its
county is ``parent``, its city ``top``, ``own`` the township between them."""

from services.organizations.enums import Role
from tests.security.homes_world import YEAR
from tests.security.rows import ABOVE, INVOLVED, Row, at_the_desk, staff
from tests.security.rows import one as hidden
from tests.security.world import SUPERUSER

READERS = (
    *(Role.WF_OFFICER, Role.WF_FINANCE, Role.HOME_TEACHER, Role.HOME_INSPECTOR),
    *(Role.PRIVACY_OFFICER, Role.AUDITOR),
)
_P = "childrens_homes_desk"
_read = staff(READERS)
# No post among the homes: told so, whatever the address names.
_outside = staff() - _read | {SUPERUSER}
_seen = staff(READERS, INVOLVED)
_kept = staff([Role.WF_OFFICER], ("parent", "top"))
_run = staff([Role.WF_OFFICER, Role.HOME_TEACHER], INVOLVED)
_city = staff([Role.WF_OFFICER], ["top"])
_officers = staff([Role.WF_OFFICER])
_filing = staff([Role.WF_OFFICER, Role.HOME_TEACHER])
_county_somewhere = staff([Role.WF_OFFICER], ("parent", "top", "foreign"))


def one(yes, *, no=frozenset(), **arguments) -> Row:
    return hidden(yes, no=no | _outside, **arguments)


def _home(yes, **more) -> Row:
    return one(yes, no=_seen - yes, code="homes_home.code", **more)


def _application(yes, **more) -> Row:
    return one(yes, no=_seen - yes, token="homes_application.token", **more)


def _of_city(yes, **more) -> Row:
    """The programme of a city is read by everybody who stands in it."""
    return one(yes, no=_read - yes, year=YEAR, **more)


# Drafts and consultations are the city's own.
_city_reads = staff(READERS, ["top"])


def _plan(yes, **more) -> Row:
    return one(yes, no=_city_reads - yes, year=YEAR, version="homes_plan.version", **more)


# The letter's lower side is the township, which kept the volunteer as well.
_town_seen, _town_acts = staff(READERS, ABOVE), staff([Role.WF_OFFICER], ABOVE)


def _town(yes, **arguments) -> Row:
    return one(yes, no=_town_seen - yes, **arguments)


_county_seen = staff(READERS, ("parent", "top"))


def _summary(yes, **more) -> Row:
    found = {"county": "homes_county.code", "version": "homes_summary.version"}
    return one(yes, no=_county_seen - yes, year=YEAR, **found, **more)


LISTS = ("homes", "matrix", "applications", "censuses", "volunteers", "activities")
ROWS = {
    **{f"{_P}:{page}": at_the_desk(_read) for name in LISTS for page in (name, f"{name}_results")},
    **{
        f"{_P}:{page}": at_the_desk(_read)
        for page in ("overview", "plans", "timeline", "letters", "reports", "summaries")
    },
    **{
        f"{_P}:{page}": Row("desk", _read, arguments=lambda world: {"report": "built"})
        for page in ("report", "report_print", "report_workbook")
    },
    f"{_P}:programme_add": at_the_desk(_city),
    f"{_P}:programme": _of_city(_read),
    **{f"{_P}:{page}": _of_city(_city) for page in ("programme_edit", "programme_start", "programme_close")},
    f"{_P}:requirement": _of_city(_city, code="room"),
    f"{_P}:definition_add": _of_city(_city),
    f"{_P}:milestone": _of_city(_city, code="M4"),
    f"{_P}:plan_draft": _of_city(_city),
    f"{_P}:letter_add": _of_city(_officers),
    # Somebody who reaches the county and doesn't act for it is told so, everybody else finds no such place.
    f"{_P}:milestone_done": one(_kept, no=_county_seen - _kept, year=YEAR, code="M4", place="homes_county.code"),
    f"{_P}:leading_group": one(_kept, no=_county_seen - _kept, place="homes_county.code"),
    f"{_P}:groups": one(_county_seen, place="homes_county.code"),
    f"{_P}:summary_begin": one(_kept, no=_county_seen - _kept, county="homes_county.code"),
    f"{_P}:application_add": at_the_desk(_filing),
    f"{_P}:application": _application(_seen),
    f"{_P}:application_edit": _application(_run),
    f"{_P}:application_step": _application(_kept, verb="check"),
    **{f"{_P}:{page}": _plan(_city) for page in ("plan_lines", "opinion_add")},
    f"{_P}:plan": _plan(_city_reads),
    f"{_P}:plan_step": _plan(_city, verb="approve"),
    f"{_P}:letter": _town(_town_seen, token="homes_letter.token"),
    f"{_P}:letter_step": _town(_kept, token="homes_letter.token", verb="sign_a"),
    f"{_P}:census_add": at_the_desk(_county_somewhere),
    f"{_P}:census": one(_county_seen, token="homes_census.token"),
    f"{_P}:paper_add": one(_run, no=_seen - _run, about="application", key="homes_application.token"),
    f"{_P}:paper": one(_seen, token="homes_paper.token"),
    f"{_P}:paper_remove": one(_run, no=_seen - _run, token="homes_paper.token"),
    f"{_P}:paper_agree": one(_run, no=_seen - _run, token="homes_paper.token"),
    f"{_P}:activity": one(_seen, token="homes_activity.token"),
    f"{_P}:activity_correct": one(_run, no=_seen - _run, token="homes_activity.token"),
    f"{_P}:volunteer_add": at_the_desk(_officers),
    f"{_P}:volunteer": _town(_town_seen, token="homes_volunteer.token"),
    f"{_P}:certificate": _town(_town_seen, token="homes_volunteer.token"),
    **{f"{_P}:{page}": _town(_town_acts, token="homes_volunteer.token") for page in ("vetting_add", "volunteer_leave")},
    f"{_P}:summary": _summary(_county_seen),
    f"{_P}:summary_print": _summary(_county_seen),
    f"{_P}:summary_file": _summary(_county_seen, kind="docx"),
    **{f"{_P}:{page}": _summary(_kept) for page in ("summary_edit", "summary_send")},
    f"{_P}:summary_answer": _summary(_city),
    f"{_P}:home": _home(_seen),
    f"{_P}:home_step": _home(_kept, verb="suspend"),
    **{
        f"{_P}:{page}": _home(_run)
        for page in ("rooms", "committee_new", "staff_add", "regulation_add", "activity_add", "service_add")
    },
    f"{_P}:staff_end": _home(_run, pk="homes_staff.pk"),
    f"{_P}:regulation_hang": _home(_run, pk="homes_regulation.pk"),
}
