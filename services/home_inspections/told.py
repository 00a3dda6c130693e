"""What inspections tell of a home where others ask: its panel, and the facts of its last verdict."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from services.childrens_homes.registry import Fact, Panel
from services.home_inspections import policies
from services.home_inspections.enums import CONCLUDED, RectificationState
from services.home_inspections.models import Inspection, Rectification
from services.home_inspections.queries.inspections import last_concluded, was_inspected_by_county


def all_photos(model) -> QuerySet:
    return model.objects.unscoped().select_related("inspection")


def panel(home, user) -> Panel | None:
    """The last visits with their verdicts, and what is still to be put right. Two queries."""
    if not policies.may_enter(user):
        return None
    visits = list(Inspection.objects.visible_to(user).filter(home=home)[:4])
    open_ones = Rectification.objects.visible_to(user).filter(home=home).exclude(state=RectificationState.ACCEPTED)
    lines = [(f"{one.scheduled_on:%Y-%m-%d} {one.get_round_display()}", _said(one)) for one in visits]
    if count := open_ones.count():
        lines.append((_("To be put right"), str(count)))
    if not lines:
        lines.append((_("Inspected"), _("not yet")))
    return Panel(title=_("Inspections"), lines=lines, url=_url(home, user, visits))


def _url(home, user, visits) -> str:
    if visits:
        return reverse("home_inspections_desk:one", args=[visits[0].token])
    if policies.may_schedule(user, home, "county"):
        return reverse("home_inspections_desk:schedule", args=[home.code])
    return ""


def _said(one: Inspection) -> str:
    return one.get_state_display() if one.score is None else f"{one.score} · {one.get_state_display()}"


def facts(homes: Sequence, on: date) -> dict[int, list[Fact]]:
    """Score and verdict of the last concluded visit, and how many findings are open. Two queries."""
    keys = [home.pk for home in homes]
    done = Inspection.objects.unscoped().filter(home__in=keys, state__in=CONCLUDED).order_by("confirmed_at", "pk")
    last = {one["home_id"]: one for one in done.values("home_id", "score", "passed", "scheduled_on")}
    counted = Rectification.objects.unscoped().filter(home__in=keys).values_list("home_id")
    left = dict(counted.annotate(n=Count("pk", filter=~Q(state=RectificationState.ACCEPTED))).order_by())
    found = {}
    for key in keys:
        said = [Fact("findings_open", left.get(key, 0), _("inspections"))]
        if one := last.get(key):
            source = _("inspection of %(day)s") % {"day": one["scheduled_on"].isoformat()}
            said += [Fact("inspection_score", one["score"], source), Fact("inspection_passed", one["passed"], source)]
        found[key] = said
    return found


def obstacles(home, verb: str) -> list[str]:
    """Nobody says by hand what no visit has found: that the county was there, or that the home may be accepted."""
    if verb == "record_county_inspection" and not was_inspected_by_county(home):
        return [_("No inspection by the county has been confirmed for this home.")]
    if verb == "accept":
        last = last_concluded(home)
        if last is None or not last.passed:
            return [_("The last confirmed inspection of this home wasn't passed.")]
    return []
