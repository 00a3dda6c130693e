"""What waits for somebody in the inspections of homes. Everything is derived by query; nothing is stored."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.home_inspections import policies
from services.home_inspections.enums import (
    INSPECTING,
    OF_CITY,
    DrawState,
    InspectionState,
    RectificationState,
)
from services.home_inspections.models import Inspection, Inspector, Rectification
from services.home_inspections.queries.draws import draws_for
from services.organizations.enums import Role
from services.organizations.models import Organization

_OFFICER = frozenset({Role.WF_OFFICER})
_TEACHER = frozenset({Role.HOME_TEACHER})
_WAITING_FOR_CITY = (DrawState.FROZEN, DrawState.SEEDED, DrawState.DRAWN)


def todos_for(user) -> list[Todo]:
    """Six queries at most, and none for somebody without a post in it."""
    scope, found = scope_of(user), []
    if scope.paths(roles=INSPECTING):
        found += _to_inspect(user)
    officer = scope.paths(roles=_OFFICER)
    counties = tuple(path for path in officer if len(path) <= 2 * Organization.steplen)
    if counties:
        found += _to_confirm(user, counties) + _evidence(user, counties)
    if teaches := scope.paths(roles=_TEACHER):
        found += _to_put_right(teaches)
    if any(len(path) == Organization.steplen for path in officer):
        found += _draws(user)
    return found


def _list(query: str) -> str:
    return f"{reverse('home_inspections_desk:list')}?{query}"


def _to_inspect(user) -> list[Todo]:
    today = clock.today()
    mine = Inspector.objects.filter(user=user, signed_at__isnull=True)
    counted = mine.aggregate(
        planned=Count("pk", filter=Q(inspection__state=InspectionState.SCHEDULED)),
        first=Min("inspection__scheduled_on", filter=Q(inspection__state=InspectionState.SCHEDULED)),
        field=Count("pk", filter=Q(inspection__state=InspectionState.IN_FIELD)),
        unsigned=Count("pk", filter=Q(inspection__state=InspectionState.SCORED)),
    )
    planned = ngettext("%(count)s home is yours to inspect", "%(count)s homes are yours to inspect", counted["planned"])
    field = ngettext("%(count)s sheet is begun", "%(count)s sheets are begun", counted["field"])
    unsigned = ngettext(
        "%(count)s sheet waits for your signature", "%(count)s sheets wait for your signature", counted["unsigned"]
    )
    differing = Inspection.objects.unscoped().filter(
        third=user, blind=True, state=InspectionState.IN_FIELD, inspectors__isnull=False
    )
    third = differing.exclude(inspectors__handed_in_at__isnull=True).aggregate(n=Count("pk", distinct=True))["n"]
    settle = ngettext(
        "%(count)s inspection scored blind is yours to settle",
        "%(count)s inspections scored blind are yours to settle",
        third,
    )
    late = bool(counted["first"] and counted["first"] < today)
    return [
        *_todo(counted["planned"], planned, _list(f"mine=true&state={InspectionState.SCHEDULED}"), overdue=late),
        *_todo(counted["field"], field, _list(f"mine=true&state={InspectionState.IN_FIELD}")),
        *_todo(third, settle, _list("third=true")),
        *_todo(counted["unsigned"], unsigned, _list(f"mine=true&state={InspectionState.SCORED}")),
    ]


def _to_confirm(user, paths: tuple[str, ...]) -> list[Todo]:
    """Signed sheets of the rounds that she leads, without those she inspected herself."""
    rows = Inspection.objects.unscoped().filter(path_filter("home__host__path", paths), state=InspectionState.SIGNED)
    if not any(len(path) == Organization.steplen for path in paths):
        rows = rows.exclude(round__in=OF_CITY)
    counted = rows.exclude(inspectors__user=user).aggregate(n=Count("pk", distinct=True), since=Min("scored_at"))
    text = ngettext(
        "%(count)s signed inspection waits to be confirmed",
        "%(count)s signed inspections wait to be confirmed",
        counted["n"],
    )
    return _todo(counted["n"], text, _list(f"state={InspectionState.SIGNED}"), since=counted["since"])


def _evidence(user, paths: tuple[str, ...]) -> list[Todo]:
    today = clock.today()
    rows = Rectification.objects.unscoped().filter(path_filter("home__host__path", paths))
    counted = rows.aggregate(
        sent=Count("pk", filter=Q(state=RectificationState.SENT) & ~Q(sent_by=user)),
        since=Min("sent_at", filter=Q(state=RectificationState.SENT)),
        late=Count("pk", filter=Q(state=RectificationState.OPEN, due_on__lt=today)),
    )
    sent = ngettext(
        "%(count)s finding has new evidence to look at",
        "%(count)s findings have new evidence to look at",
        counted["sent"],
    )
    late = ngettext("%(count)s finding is overdue", "%(count)s findings are overdue", counted["late"])
    url = reverse("home_inspections_desk:findings")
    return [
        *_todo(counted["sent"], sent, f"{url}?state={RectificationState.SENT}", since=counted["since"]),
        *_todo(counted["late"], late, f"{url}?late=on", overdue=True),
    ]


def _to_put_right(paths: tuple[str, ...]) -> list[Todo]:
    rows = Rectification.objects.unscoped().filter(
        path_filter("home__host__path", paths), state=RectificationState.OPEN
    )
    counted = rows.aggregate(n=Count("pk"), due=Min("due_on"))
    text = ngettext(
        "%(count)s finding of your home is to be put right",
        "%(count)s findings of your home are to be put right",
        counted["n"],
    )
    late = bool(counted["due"] and counted["due"] < localdate())
    url = f"{reverse('home_inspections_desk:findings')}?state={RectificationState.OPEN}"
    return _todo(counted["n"], text, url, overdue=late)


def _draws(user) -> list[Todo]:
    found = []
    for draw in draws_for(user).exclude(state__in=[DrawState.EXECUTED])[:20]:
        if not policies.may_lead_city(user, draw.programme.city):
            continue
        url = reverse("home_inspections_desk:draw", args=[draw.token])
        if draw.broken_at is not None:
            found.append(Todo(_("The record of a draw doesn't follow from its chain"), url, overdue=True))
        if draw.state in _WAITING_FOR_CITY:
            words = _("A draw of homes waits for its next step: %(state)s") % {"state": draw.get_state_display()}
            found.append(Todo(words, url, since=draw.seed_committed_at or draw.frozen_at))
    return found


def _todo(count: int, text: str, url: str, *, since=None, overdue: bool = False) -> list[Todo]:
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)] if count else []
