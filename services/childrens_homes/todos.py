"""What waits for her among the homes. Everything is derived by query; nothing is stored, no name stands in it."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from services.childrens_homes.enums import READERS, ApplicationState, PlanState, ProgrammeState, SummaryState, Vetting
from services.childrens_homes.models import ConstructionPlan, SiteApplication, SummaryReport, Volunteer
from services.childrens_homes.policies import OFFICER
from services.childrens_homes.queries.homes import programmes_for
from services.childrens_homes.queries.people import standing_filter, with_vetting
from services.childrens_homes.queries.progress import timeline
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.organizations.enums import Role
from services.organizations.models import Organization


def _url(name: str, query: str = "") -> str:
    return f"{reverse(f'childrens_homes_desk:{name}')}{'?' if query else ''}{query}"


def _todo(count: int, text: str, url: str, *, since=None, overdue: bool = False) -> list[Todo]:
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)] if count else []


def todos_for(user) -> list[Todo]:
    """A dozen queries at most, and none for somebody without a post among the homes."""
    scope = scope_of(user)
    if not scope.paths(roles=READERS):
        return []
    step = Organization.steplen
    posts = scope.paths(roles=OFFICER)
    city = tuple(path for path in posts if len(path) == step)
    county = tuple(path for path in posts if len(path) == 2 * step)
    found = [*_returned(user), *_of_county(county), *_of_city(city)]
    if posts:
        found += [*_vetting(user), *_late(user)]
    return found


def _waiting(paths: tuple[str, ...], state: str) -> dict:
    rows = SiteApplication.objects.unscoped().filter(path_filter("host__path", paths), state=state)
    return rows.order_by().aggregate(n=Count("pk"), since=Min("moved_at"))


def _returned(user) -> list[Todo]:
    """Her own: what came back to the school or township."""
    paths = scope_of(user).paths(roles=frozenset({Role.HOME_TEACHER, Role.WF_OFFICER}))
    rows = SiteApplication.objects.unscoped().filter(path_filter("host__path", paths), state=ApplicationState.RETURNED)
    mine = rows.filter(submitted_by=user).order_by().aggregate(n=Count("pk"), since=Min("moved_at"))
    text = ngettext(
        "%(count)s site application was returned: correct it and hand it in again",
        "%(count)s site applications were returned: correct them and hand them in again",
        mine["n"],
    )
    return _todo(mine["n"], text, _url("applications", f"state={ApplicationState.RETURNED}"), since=mine["since"])


def _of_county(paths: tuple[str, ...]) -> list[Todo]:
    if not paths:
        return []
    waiting = _waiting(paths, ApplicationState.SUBMITTED)
    text = ngettext(
        "%(count)s site application waits for your check",
        "%(count)s site applications wait for your check",
        waiting["n"],
    )
    url = _url("applications", f"state={ApplicationState.SUBMITTED}")
    return _todo(waiting["n"], text, url, since=waiting["since"])


def _of_city(paths: tuple[str, ...]) -> list[Todo]:
    if not paths:
        return []
    waiting = _waiting(paths, ApplicationState.COUNTY_CHECKED)
    text = ngettext(
        "%(count)s site application waits for the city's review",
        "%(count)s site applications wait for the city's review",
        waiting["n"],
    )
    url = _url("applications", f"state={ApplicationState.COUNTY_CHECKED}")
    return [*_todo(waiting["n"], text, url, since=waiting["since"]), *_plans(paths), *_summaries(paths)]


def _plans(paths: tuple[str, ...]) -> list[Todo]:
    making = (PlanState.CONSULT, PlanState.APPROVED)
    rows = ConstructionPlan.objects.unscoped().filter(path_filter("programme__city__path", paths), state__in=making)
    count = rows.count()
    text = ngettext(
        "%(count)s construction plan waits for its next step",
        "%(count)s construction plans wait for their next step",
        count,
    )
    return _todo(count, text, _url("plans"))


def _summaries(paths: tuple[str, ...]) -> list[Todo]:
    rows = SummaryReport.objects.unscoped().filter(path_filter("county__path", paths), state=SummaryState.SENT)
    sent = rows.order_by().aggregate(n=Count("pk"), since=Min("sent_at"))
    text = ngettext(
        "%(count)s summary report of a county waits for the city's answer",
        "%(count)s summary reports of counties wait for the city's answer",
        sent["n"],
    )
    return _todo(sent["n"], text, _url("summaries"), since=sent["since"])


def _vetting(user) -> list[Todo]:
    today = clock.today()
    mine = Volunteer.objects.visible_to(user, roles=OFFICER).filter(left_on__isnull=True)
    rows = with_vetting(mine, today)
    soon = rows.filter(standing_filter(Vetting.EXPIRING, today)).count()
    text = ngettext(
        "The check of %(count)s volunteer runs out within 30 days",
        "The checks of %(count)s volunteers run out within 30 days",
        soon,
    )
    over = rows.filter(standing_filter(Vetting.EXPIRED, today)).count()
    gone = ngettext(
        "%(count)s volunteer is suspended: her check has run out",
        "%(count)s volunteers are suspended: their checks have run out",
        over,
    )
    return [
        *_todo(over, gone, _url("volunteers", f"vetting={Vetting.EXPIRED}"), overdue=True),
        *_todo(soon, text, _url("volunteers", f"vetting={Vetting.EXPIRING}")),
    ]


def _late(user) -> list[Todo]:
    """Parts of milestones of her own level that are late."""
    programme = programmes_for(user).filter(state=ProgrammeState.ACTIVE).first()
    if programme is None:
        return []
    own = scope_of(user).paths(roles=OFFICER)
    late = [
        part for step in timeline(user, programme, clock.today()) for part in step.late if part.organization.path in own
    ]
    text = ngettext("%(count)s milestone is late", "%(count)s milestones are late", len(late))
    return _todo(len(late), text, _url("timeline"), overdue=True)
